import { expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { accountsHeader, bankMapping, clientsHeader, delivered, movementsHeader, nif, smallBank } from "../../../tests/support/delivery.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { inTransaction } from "../../platform/db/index.ts";
import { contentHash } from "./content-hash.ts";
import { loadDelivery } from "./load-delivery.ts";
import { openDelivery } from "./open-delivery.ts";
import { reverseLoad } from "./reverse-load.ts";

test("wherever a file is cut into chunks, every record ends as the same: twice delivered, of a broken row, attached, or sharing a number", async ({
  db,
}) => {
  const caller = await operatorCaller(db);
  const { "clients.csv": clients = [], "accounts.csv": accounts = [], "movements.csv": movements = [] } = smallBank(7, 2);
  const files = delivered({
    "clients.csv": [
      ...clients,
      `8,Ana Prueba 4,1954-03-05,B1,,${nif(4)}`,
      "9,,1960-01-01,B1,+34600999003,",
      // No name, so no party; its telephone number is that of a client some lines above.
      "8,,1960-01-01,B1,+34600999002,",
      // From the first key that comes again on, chunks of the file land in turn.
      clients[7] ?? "",
      "3,Otro Nombre,1960-01-01,B1,+34600999001,",
    ],
    "accounts.csv": [
      ...accounts,
      "A8,8,2020-01-01,A7",
      "A9,8,2020-01-01,A8",
      "A10,1,2020-01-01,A1",
      accounts[7] ?? "",
      "A11,99,2020-01-01,",
    ],
    "movements.csv": [
      ...movements,
      movements[14] ?? "",
      "M9-1,A10,2025-02-15,1.00,1.00,x",
      "M1-1,A1,2025-02-15,7.77,1.00,x",
      "M9-2,A77,2025-02-15,1.00,1.00,x",
    ],
  });
  expect([clients[0], accounts[0], movements[0]]).toEqual([clientsHeader, accountsHeader, movementsHeader]);
  const mapping = bankMapping("chunks");
  const outcomes = [];
  for (const chunkRows of [100, 2, 5]) {
    const { loadId, report } = await loadDelivery({ db, caller, delivery: await openDelivery(mapping, files), chunkRows });
    const { tables } = await inTransaction(db, caller, contentHash, { role: "worker" });
    const reasons = report.quarantineReasons.map(({ kind, reason, field, rows }) => [kind, reason, field, rows].join(" ")).sort();
    outcomes.push({ tables, kinds: report.kinds, totals: report.controlTotals, reasons });
    await reverseLoad(db, caller, loadId);
  }
  const [whole, ...cut] = outcomes;
  expect(whole?.kinds.party).toMatchObject({ read: 12, created: 7, linked: 1, unchanged: 1, quarantined: 3 });
  expect(whole?.kinds.contact_point).toMatchObject({ created: 8 });
  for (const outcome of cut) expect(outcome).toEqual(whole);
}, 120_000);

test("a record whose owner is long known lands attached to one whose owner is still landing", async ({ db }) => {
  const caller = await operatorCaller(db);
  const { "clients.csv": clients = [] } = smallBank(400, 1);
  const load = async (files: Readonly<Record<string, readonly string[]>>) =>
    loadDelivery({ db, caller, delivery: await openDelivery(bankMapping("beside"), delivered(files)) });
  const first = await load({ "clients.csv": clients.slice(0, 2) });
  const accounts = clients.slice(2).map((_, at) => `B${at + 2},${at + 2},2020-01-01,`);
  const second = await load({ "clients.csv": clients, "accounts.csv": [accountsHeader, "B1,1,2020-01-01,B2", ...accounts] });
  expect(second.report.kinds.holding).toMatchObject({ read: 400, created: 400, quarantined: 0 });
  expect((await inTransaction(db, caller, contentHash, { role: "worker" })).tables.holding).toMatch(/^400 /);
  for (const { loadId } of [second, first]) await reverseLoad(db, caller, loadId);
});
