import type { Kysely } from "kysely";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { accountsHeader, bankMapping, clientsHeader, deliveryOf, movementsHeader, nif } from "../../../tests/support/delivery.ts";
import { importDelivery, reverseLoad } from "../../customers/intake/index.ts";
import { refreshCustomers } from "../../customers/profiles/index.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Database, type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { seededRandom } from "../../platform/random/index.ts";
import { runRefresh } from "../refresh/index.ts";
import { factTable, supplyFacts } from "./index.ts";

const load = async (db: Db, source: string, files: Readonly<Record<string, readonly string[]>>) =>
  importDelivery({ db, caller: await operatorCaller(db), ...deliveryOf(bankMapping(source), files) });

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

  test("are made of what had arrived by then: counted anew from everything, each month says what it said when it was the latest", async ({
    db,
    admin,
    clock,
  }) => {
    const random = seededRandom(7);
    const within = (limit: number) => Math.floor(random() * limit);
    const operator = await operatorCaller(db);
    const arrive = async (day: string, files: Record<string, string[]>) => {
      const { loadId } = await load(db, "then", files);
      await sql`update customers.load set started_at = ${day}::date, finished_at = ${day}::date where load_id = ${loadId}`.execute(admin);
    };
    const keys = [
      "in_1m_minor",
      "in_3m_minor",
      "out_count_3m",
      "out_trend",
      "assets_minor",
      "assets_low_minor",
      "last_booked_on",
      "salary_months",
    ];
    const look = (asOf: string) =>
      inTransaction(db, operator, (tx) => factTable(tx, { keys, asOf, clock }), { role: "worker" }).then(({ customerIds, columns }) => {
        const own = customerIds.map((id, row) => ({ id, row })).filter(({ id }) => mine.has(id));
        return own.map(({ id, row }) => [id, ...keys.map((key) => (columns.get(key) as { values: Float64Array }).values[row])]);
      });
    await arrive("2025-01-04", { "clients.csv": clients(301, 306), "accounts.csv": accounts(301, 306) });
    const mine = new Set(
      (
        await sql<{ id: string }>`select customer_id as id from customers.party where source_key between '301' and '306'`.execute(admin)
      ).rows.map(({ id }) => id),
    );
    const booking = (id: number, month: number) => {
      const day = `2025-0${month}-${String(1 + within(28)).padStart(2, "0")}`;
      const balance = random() < 0.6 ? (within(900_000) / 100).toFixed(2) : "";
      return `T${id},A${301 + within(6)},${day},${((within(400_000) - 150_000) / 100).toFixed(2)},${balance},pago`;
    };
    const kept: [asOf: string, facts: unknown][] = [];
    for (let month = 1; month <= 6; month += 1) {
      // What comes in the first days of the next month is the month's own; with it comes what should have come in months before.
      const own = Array.from({ length: 12 }, (_, at) => booking(month * 100 + at, month));
      const late = month === 1 ? [] : Array.from({ length: 5 }, (_, at) => booking(month * 100 + 50 + at, 1 + within(month - 1)));
      await arrive(`2025-0${month + 1}-04`, { "movements.csv": [movementsHeader, ...own, ...late] });
      clock.set(new Date(`2025-0${month + 1}-04T20:00:00Z`));
      await refresh(db, clock);
      const asOf = new Date(Date.UTC(2025, month, 0)).toISOString().slice(0, 10);
      kept.push([asOf, await look(asOf)]);
    }
    await refresh(db, clock, "rebuild");
    for (const [asOf, facts] of kept) expect(await look(asOf), asOf).toEqual(facts);
    // Without the note of what came late, the past would know it.
    await sql`delete from intelligence.late_month`.execute(admin);
    expect(await look(kept[0]?.[0] ?? "")).not.toEqual(kept[0]?.[1]);
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
