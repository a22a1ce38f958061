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
import { type Database, type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { seededRandom } from "../../platform/random/index.ts";
import { runRefresh } from "../refresh/index.ts";
import { factTable, supplyFacts } from "./index.ts";

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

describe("facts as of a month in the past", () => {
  test("do not move when anything is booked later, and are those that were kept at the time", async ({ db, admin, clock }) => {
    await load(db, "past", { "clients.csv": clients(101, 103), "accounts.csv": accounts(101, 103) });
    const rows = (from: number, month: string) =>
      Array.from(
        { length: 9 },
        (_, at) => `P${from + at},A${101 + (at % 3)},2025-${month}-1${at},${(at - 4) * 25}.00,${at * 10 + 1}.00,pago`,
      );
    await load(db, "past", { "movements.csv": [movementsHeader, ...rows(1, "03"), ...rows(20, "06")] });
    const operator = await operatorCaller(db);
    const keys = ["in_3m_minor", "out_count_3m", "assets_minor", "last_booked_on", "accounts_held"];
    const look = () =>
      inTransaction(db, operator, (tx) => factTable(tx, { keys, asOf: "2025-06-30", clock }), { role: "worker" }).then(
        ({ customerIds, columns }) => ({ customerIds, columns: [...columns] }),
      );
    clock.set(new Date("2025-07-10T08:00:00Z"));
    await refresh(db, clock, "rebuild");
    const then = await look();
    const { rows: kept } = await sql<{
      id: string;
      minor: bigint;
    }>`select customer_id as id, in_3m_minor as minor from intelligence.customer_fact order by customer_id`.execute(admin);
    expect(then.columns[0]?.[1]).toEqual({ values: Float64Array.from(kept, ({ minor }) => Number(minor)) });
    await load(db, "past", { "movements.csv": [movementsHeader, ...rows(40, "07"), ...rows(60, "09")] });
    clock.set(new Date("2025-10-10T08:00:00Z"));
    await refresh(db, clock);
    expect(await look()).toEqual(then);
  });

  test("are refused where a fact is only known as it is now, or the day is not the end of a month", async ({ db, clock }) => {
    const operator = await operatorCaller(db);
    const table = (keys: string[], asOf: string) =>
      inTransaction(db, operator, (tx) => factTable(tx, { keys, asOf, clock }), { role: "worker" });
    await expect(table(["in_arrears"], "2025-06-30")).rejects.toMatchObject({ code: "invalid_input" });
    await expect(table(["tier"], "2025-06-30")).rejects.toMatchObject({ code: "invalid_input" });
    await expect(table(["assets_minor"], "2025-06-29")).rejects.toMatchObject({ code: "invalid_input" });
  });
});

test("what another module supplied is written where it differs, survives a refresh, and nothing computed can be supplied", async ({
  db,
  admin,
  clock,
}) => {
  const operator = await operatorCaller(db);
  await load(db, "given", { "clients.csv": clients(201, 202), "accounts.csv": accounts(201, 202) });
  await refresh(db, clock, "rebuild");
  const { rows } = await sql<{
    id: string;
  }>`select customer_id as id from customers.party where source_key in ('201', '202') order by 1`.execute(admin);
  const supply = (product: string) =>
    inTransaction(
      db,
      operator,
      (tx) =>
        supplyFacts(
          tx,
          ["next_product", "next_product_share", "on_watch_list"],
          rows.map(({ id }) => ({ customerId: id, values: [product, 0.5, null] })),
        ),
      { role: "worker" },
    );
  expect([await supply("card"), await supply("card"), await supply("fund")]).toEqual([2, 0, 2]);
  await refresh(db, clock, "rebuild");
  const table = await inTransaction(
    db,
    operator,
    (tx) => factTable(tx, { keys: ["next_product", "next_product_share"], asOf: null, customerIds: rows.map(({ id }) => id), clock }),
    { role: "worker" },
  );
  expect(table.columns.get("next_product")).toEqual({ dictionary: ["fund"], places: Int32Array.of(0, 0) });
  expect(table.columns.get("next_product_share")).toEqual({ values: Float64Array.of(0.5, 0.5) });
  const wrong = inTransaction(db, operator, (tx) => supplyFacts(tx, ["assets_minor"], []), { role: "worker" });
  await expect(wrong).rejects.toMatchObject({ code: "invalid_input" });
});
