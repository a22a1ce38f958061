import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { delivered } from "../../../tests/support/delivery.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { dryRunDelivery } from "./dry-run.ts";
import { loadDelivery } from "./load-delivery.ts";
import { openDelivery } from "./open-delivery.ts";
import { listQuarantineExamples } from "./read-loads.ts";

/** One file whose rows say a client, an account, who may also sign for it, and an amount; announced with what is written under `control`. */
const mapping = (source: string, control: string) => `
vinculo: 1
name: ${source}
source: { code: ${source}, name: ${source} }
defaults: { currency: EUR, country: ES }
files:
  - file: clients.csv
    records: [ { kind: party, key: id, fields: { kind: { value: person }, full_name: name } } ]
  - file: accounts.csv
    control: ${control}
    records:
      - kind: holding
        key: account
        fields: { owner: client, kind: { value: current_account }, balance: balance }
      - { kind: holding_role, fields: { party: client, holding: account, role: { value: owner } } }
      - { kind: holding_role, fields: { party: signer, holding: account, role: { value: authorised } } }
`;
const clients = ["id,name", "1,Ana", "2,Eva"];
const accountsHeader = "account,client,signer,balance";

async function open(source: string, control: string, accounts: readonly string[]) {
  return openDelivery(mapping(source, control), delivered({ "clients.csv": clients, "accounts.csv": [accountsHeader, ...accounts] }));
}
const load = async (db: Db, delivery: Awaited<ReturnType<typeof open>>) =>
  loadDelivery({ db, caller: await operatorCaller(db), delivery, chunkRows: 2 });

describe("what the sender announced", () => {
  test("agrees with a file of which some rows could not be cut: they are rows of the file too", async ({ db }) => {
    const delivery = await open("cut1", '{ rows: "4" }', ["A1,1,2,10.00", "A2,1,2,20.00,too,many", "A3,2,1,5.50", "A4,2"]);
    const caller = await operatorCaller(db);
    const rehearsed = await dryRunDelivery({ db, caller, delivery });
    const { report } = await load(db, delivery);
    expect(report.expectedTotals).toEqual([
      { file: "accounts.csv", what: "rows", expected: "4", read: "4", fits: true, uncut: 0, unreadable: 0 },
    ]);
    expect(rehearsed.report.expectedTotals).toEqual(report.expectedTotals);
    expect(report.kinds.row).toMatchObject({ read: 2, quarantined: 2 });
  });

  test("and does not agree comes with the rows that the sum is without", async ({ db }) => {
    const delivery = await open("cut2", '{ sums: { balance: "35.50" } }', ["A1,1,2,10.00", "A2,1,2,20.00,too,many", "A3,2,1,x5.50"]);
    const { report } = await load(db, delivery);
    expect(report.expectedTotals).toEqual([
      { file: "accounts.csv", what: "balance", expected: "35.50", read: "10", fits: false, uncut: 1, unreadable: 1 },
    ]);
  });
});

test("stated balances of accounts are added up too: file, quarantine and database agree, also when some change and some stay", async ({
  db,
}) => {
  const first = await load(db, await open("stated", '{ rows: "4" }', ["A1,1,2,10.00", "A2,1,2,-20.50", "A3,99,1,5.50", "A4,2,1,"]));
  const total = { kind: "holding_balance", currency: "EUR", differenceMinor: "0" };
  expect(first.report.controlTotals).toEqual([{ ...total, rows: 3, fileMinor: "-500", quarantinedMinor: "550", databaseMinor: "-1050" }]);
  const second = await load(db, await open("stated", '{ rows: "3" }', ["A1,1,2,10.00", "A2,1,2,7.00", "A4,2,1,1.00"]));
  expect(second.report.controlTotals).toEqual([{ ...total, rows: 3, fileMinor: "1800", quarantinedMinor: "0", databaseMinor: "1800" }]);
});

test("records of balances are added up by currency", async ({ db }) => {
  const { report } = await loadDelivery({
    db,
    caller: await operatorCaller(db),
    delivery: await openDelivery(
      mapping("days", '{ rows: "1" }').concat(`  - file: days.csv
    records: [ { kind: balance, fields: { kind: { value: booked }, holding: account, balance_on: day, amount: amount, currency: currency } } ]
`),
      delivered({
        "clients.csv": clients,
        "accounts.csv": [accountsHeader, "A1,1,2,"],
        "days.csv": [
          "account,day,amount,currency",
          "A1,2025-01-31,10.00,EUR",
          "A1,2025-02-28,2.50,EUR",
          "A9,2025-02-28,4.00,EUR",
          "A1,2025-03-31,300,JPY",
        ],
      }),
    ),
  });
  expect(report.controlTotals).toEqual([
    { kind: "balance", currency: "EUR", rows: 3, fileMinor: "1650", quarantinedMinor: "400", databaseMinor: "1250", differenceMinor: "0" },
    { kind: "balance", currency: "JPY", rows: 1, fileMinor: "300", quarantinedMinor: "0", databaseMinor: "300", differenceMinor: "0" },
  ]);
});

describe("the reasons of quarantine", () => {
  test("say in which column the unknown key stood, also where a row names several of a kind", async ({ db, admin }) => {
    const { loadNo } = await load(db, await open("ref", '{ rows: "2" }', ["A1,99,2,1.00", "A2,1,77,2.00"]));
    const { rows } = await sql`
      select line_no::int as line, kind, field, column_name as "column" from customers.quarantine where load_no = ${loadNo} and reason = 'unknown_reference'
      order by line_no, kind, field, column_name`.execute(admin);
    expect(rows).toEqual([
      { line: 2, kind: "holding", field: "owner", column: "client" },
      { line: 2, kind: "holding_role", field: "holding", column: "account" },
      { line: 2, kind: "holding_role", field: "party", column: "client" },
      { line: 3, kind: "holding_role", field: "party", column: "signer" },
    ]);
  });

  test("come with their first rows in one look, which the trail holds once", async ({ db, admin }) => {
    const caller = await operatorCaller(db);
    const many = Array.from({ length: 9 }, (_, at) => `B${at},404,1,1.00`);
    const { loadId } = await load(db, await open("looks", '{ rows: "11" }', [...many, "C1,1,2,no money", "D1,1"]));
    const looks = async () => {
      const found = await sql<{
        n: number;
      }>`select count(*)::int as n from governance.audit_event where action = 'quarantine.viewed'`.execute(admin);
      return found.rows[0]?.n ?? 0;
    };
    const before = await looks();
    const { rows } = await inTransaction(db, caller, (tx) => listQuarantineExamples(tx, caller, loadId));
    expect(await looks()).toBe(before + 1);
    const lines = (reason: string, kind: string) =>
      rows.filter((row) => row.reason === reason && row.kind === kind).map((row) => row.lineNo);
    expect(lines("unknown_reference", "holding")).toEqual([2, 3, 4]);
    expect(lines("not_a_number", "holding")).toEqual([11]);
    expect(lines("wrong_number_of_columns", "row")).toEqual([12]);
    const stranger = { ...caller, permissions: new Set(["load:read"]) };
    await expect(inTransaction(db, caller, (tx) => listQuarantineExamples(tx, stranger, loadId))).rejects.toMatchObject({
      code: "not_allowed",
    });
  });
});
