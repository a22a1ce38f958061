import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Kysely } from "kysely";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { accountsHeader, bankMapping, clientsHeader, movementsHeader, nif } from "../../../tests/support/delivery.ts";
import { importDelivery, reverseLoad } from "../../customers/intake/index.ts";
import { refreshCustomers } from "../../customers/profiles/index.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Database, type Db, sql } from "../../platform/db/index.ts";
import { seededRandom } from "../../platform/random/index.ts";
import { runRefresh } from "../refresh/index.ts";

const folder = mkdtempSync(join(tmpdir(), "vinculo-facts-"));
let deliveries = 0;

/** A folder with these files, and beside it the mapping of a small bank. */
function given(source: string, files: Readonly<Record<string, readonly string[]>>) {
  deliveries += 1;
  const [mappingPath, to] = [join(folder, `${source}.yaml`), join(folder, `delivery-${deliveries}`)];
  writeFileSync(mappingPath, bankMapping(source));
  mkdirSync(to);
  for (const [name, lines] of Object.entries(files)) writeFileSync(join(to, name), lines.map((line) => `${line}\n`).join(""));
  return { mappingPath, folder: to };
}

const load = async (db: Db, source: string, files: Readonly<Record<string, readonly string[]>>) =>
  importDelivery({ db, caller: await operatorCaller(db), ...given(source, files) });

const refresh = async (db: Db, clock: Clock, what: "changed" | "rebuild" = "changed") =>
  runRefresh({ db, caller: await operatorCaller(db), clock, what });

/** Every fact of every customer, without what another module writes. */
async function snapshot(admin: Kysely<Database>): Promise<unknown> {
  const { rows } = await sql`select to_jsonb(f) as facts from intelligence.customer_fact f order by customer_id`.execute(admin);
  const { rows: months } =
    await sql`select to_jsonb(m) as month from intelligence.party_month m order by party_id, month_no, currency`.execute(admin);
  const { rows: held } = await sql`select to_jsonb(h) as month from intelligence.holding_month h order by holding_id, month_no`.execute(
    admin,
  );
  return { rows, months, held };
}

const clients = (from: number, to: number) => [
  clientsHeader,
  ...Array.from({ length: to - from + 1 }, (_, at) => `${from + at},Ana ${from + at},1980-01-0${1 + (at % 9)},B1,,${nif(from + at)}`),
];
const accounts = (from: number, to: number) => [
  accountsHeader,
  ...Array.from({ length: to - from + 1 }, (_, at) => `A${from + at},${from + at},2020-01-01,`),
];

describe("facts kept from what changed", () => {
  test("are those counted from nothing, after random loads, late, corrected and taken back bookings, and joined customers", async ({
    db,
    admin,
    clock,
  }) => {
    const random = seededRandom(20260315);
    const within = (limit: number) => Math.floor(random() * limit);
    await load(db, "core", { "clients.csv": clients(1, 12), "accounts.csv": accounts(1, 12) });
    let key = 0;
    const booking = (id: number) => {
      const day = new Date(Date.UTC(2024, 6 + within(21), 1 + within(28))).toISOString().slice(0, 10);
      const amount = (within(400_000) - 150_000) / 100;
      return `M${id},A${1 + within(12)},${day},${amount.toFixed(2)},${random() < 0.5 ? (within(900_000) / 100).toFixed(2) : ""},pago`;
    };
    const loads: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const rows = Array.from({ length: 25 }, (_, at) => booking(key + at + 1));
      key += 25;
      // Corrections: other day, amount and account under a known key.
      const corrected = round === 0 ? [] : Array.from({ length: 5 }, () => booking(1 + within(key - 25)));
      const once = new Map([...rows, ...corrected].map((row) => [row.split(",")[0], row]));
      const { loadId } = await load(db, "core", { "movements.csv": [movementsHeader, ...once.values()] });
      loads.push(loadId);
      await refresh(db, clock);
      if (round === 1) await move(db, admin, 1, 2);
      if (round === 2) await move(db, admin, 3, 4);
    }
    const operator = await operatorCaller(db);
    await reverseLoad(db, operator, loads.at(-1) ?? "");
    await refresh(db, clock);
    const kept = await snapshot(admin);
    await refresh(db, clock, "rebuild");
    expect(await snapshot(admin)).toEqual(kept);
  });
});

/** The record of one client goes to the customer of another, as identity does it. */
async function move(db: Db, admin: Kysely<Database>, from: number, to: number): Promise<void> {
  const { rows } = await sql<{ key: string; id: string }>`
    select source_key as key, customer_id as id from customers.party where source_key in (${String(from)}, ${String(to)})`.execute(admin);
  const idOf = (client: number) => rows.find(({ key }) => key === String(client))?.id ?? "";
  await sql`update customers.party set customer_id = ${idOf(to)} where source_key = ${String(from)}`.execute(admin);
  await refreshCustomers(db, await operatorCaller(db), [idOf(from), idOf(to)]);
}
