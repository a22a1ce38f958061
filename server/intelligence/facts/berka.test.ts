import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { importDelivery } from "../../customers/intake/index.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { sql } from "../../platform/db/index.ts";
import { runRefresh } from "../refresh/index.ts";

const folder = join(process.env.VINCULO_TEST_DATA ?? join(import.meta.dirname, "../../../../shared/data"), "berka");
const isThere = existsSync(folder);
if (!isThere) process.stderr.write(`SKIPPED: facts of the Berka bank were not recomputed, ${folder} is missing\n`);

/** A file of the bank as records, without any code of the product. */
function records(name: string): Record<string, string>[] {
  const [head = "", ...lines] = gunzipSync(readFileSync(join(folder, `${name}.asc.gz`)))
    .toString("latin1")
    .split(/\r?\n/);
  const cells = (line: string) => line.split(";").map((cell) => cell.replace(/^"|"$/g, ""));
  const names = cells(head);
  return lines.filter((line) => line !== "").map((line) => Object.fromEntries(cells(line).map((cell, at) => [names[at] ?? "", cell])));
}

interface Expected {
  in_count_12m: number;
  out_count_12m: number;
  in_12m_minor: bigint;
  out_12m_minor: bigint;
  in_3m_minor: bigint;
  out_1m_minor: bigint;
  assets_minor: bigint;
  last_booked_on: string | null;
}

/** Sums over all bookings of an account's owner, by date strings alone, up to the month in which the data ends. */
function recompute(): { lastMonth: string; facts: Map<string, Expected> } {
  const owner = new Map(
    records("disp").flatMap((row) => (row.type === "OWNER" ? [[row.account_id ?? "", row.client_id ?? ""] as const] : [])),
  );
  const facts = new Map<string, Expected>();
  const last = new Map<string, { date: string; minor: bigint }>();
  const bookings = records("trans");
  const lastMonth = bookings.reduce((latest, { date = "" }) => (date > latest ? date : latest), "").slice(0, 4);
  const [year, month] = [Number(lastMonth.slice(0, 2)), Number(lastMonth.slice(2))];
  const firstOf = (months: number) => {
    const back = year * 12 + month - months;
    return `${Math.floor(back / 12)}${String((back % 12) + 1).padStart(2, "0")}01`;
  };
  for (const row of bookings) {
    const client = owner.get(row.account_id ?? "") ?? "";
    const fact = facts.get(client) ?? {
      in_count_12m: 0,
      out_count_12m: 0,
      in_12m_minor: 0n,
      out_12m_minor: 0n,
      in_3m_minor: 0n,
      out_1m_minor: 0n,
      assets_minor: 0n,
      last_booked_on: null,
    };
    facts.set(client, fact);
    const date = row.date ?? "";
    const minor = BigInt(Math.round(Number(row.amount) * 100));
    const isIn = row.type === "PRIJEM";
    if (date >= firstOf(12)) {
      if (isIn) [fact.in_count_12m, fact.in_12m_minor] = [fact.in_count_12m + 1, fact.in_12m_minor + minor];
      else [fact.out_count_12m, fact.out_12m_minor] = [fact.out_count_12m + 1, fact.out_12m_minor + minor];
    }
    if (isIn && date >= firstOf(3)) fact.in_3m_minor += minor;
    if (!isIn && date >= firstOf(1)) fact.out_1m_minor += minor;
    const day = `19${date.slice(0, 2)}-${date.slice(2, 4)}-${date.slice(4)}`;
    if (minor !== 0n && (fact.last_booked_on === null || day > fact.last_booked_on)) fact.last_booked_on = day;
    const before = last.get(row.account_id ?? "");
    if (before === undefined || date >= before.date)
      last.set(row.account_id ?? "", { date, minor: BigInt(Math.round(Number(row.balance) * 100)) });
  }
  for (const [account, { minor }] of last) {
    const fact = facts.get(owner.get(account) ?? "");
    if (fact !== undefined && minor > 0n) fact.assets_minor += minor;
  }
  return { lastMonth, facts };
}

describe.runIf(isThere)("the Berka bank", () => {
  test("has for every account the facts that its file gives when counted by hand", async ({ db, admin, clock }) => {
    const caller = await operatorCaller(db);
    await importDelivery({ db, caller, mappingPath: join(import.meta.dirname, "../../../docs/examples/berka/mapping.yaml"), folder });
    await runRefresh({ db, caller, clock, what: "rebuild" });
    const { rows } = await sql<Expected & { client: string; as_of: string }>`
      select p.source_key as client, f.as_of, in_count_12m, out_count_12m, in_12m_minor, out_12m_minor, in_3m_minor, out_1m_minor, assets_minor, last_booked_on
      from intelligence.customer_fact f join customers.party p using (customer_id) order by 1`.execute(admin);
    const { lastMonth, facts: expected } = recompute();
    expect(new Set(rows.map(({ as_of }) => as_of.slice(2, 7).replace("-", "")))).toEqual(new Set([lastMonth]));
    const wrong = rows.filter(({ client, as_of: _, ...facts }) => {
      const hand = expected.get(client);
      return hand !== undefined && Object.entries(hand).some(([key, value]) => facts[key as keyof Expected] !== value);
    });
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(rows.filter(({ client }) => expected.has(client))).toHaveLength(expected.size);
    expect(expected.size).toBeGreaterThan(100);
  });
});
