import type pg from "pg";
import type { ReportDefinition } from "../server/intelligence/reports/contract.ts";
import { runReport } from "../server/intelligence/reports/run-report.ts";
import { openBank } from "../server/main/open-bank.ts";
import { systemClock } from "../server/platform/clock/index.ts";
import { inTransaction } from "../server/platform/db/index.ts";
import { percentile } from "./client.ts";
import { connectAdmin } from "./grow.ts";
import { configOf } from "./home.ts";
import { fillFacts } from "./segments.ts";
import { printRows } from "./table.ts";

const ROUNDS = 7;
/** January 2026, the month the facts are of. */
const LAST_MONTH = 24_312;
const STATEMENT_MS = 120_000;

const base: ReportDefinition = {
  ...{ over: "now", measures: [{ of: "customers", take: "count" }], rows: "branch", columns: null },
  ...{ filter: { match: "all", of: [] }, months: 12, compare: "none", show: "table" },
};
const money = [{ of: "assets_minor", take: "sum" as const }, ...base.measures, { of: "digital_share", take: "average" as const }];
const works: readonly (readonly [string, ReportDefinition])[] = [
  ["customers by branch", base],
  ["3 measures, segment by age", { ...base, rows: "segment", columns: "age", measures: money }],
  ["products held by age", { ...base, rows: "product", columns: "age" }],
  ["money in, 12 months", { ...base, over: "months", rows: "month", measures: [{ of: "in_minor", take: "sum" }] }],
  [
    "the same against the year before",
    { ...base, over: "months", rows: "month", measures: [{ of: "in_minor", take: "sum" }], compare: "year_before" },
  ],
];

/** Reports over that many rows of facts and two years of months, drawn by themselves. */
export async function benchReports(home: string, customers: number): Promise<void> {
  const config = configOf(home);
  const db = await openBank(config, { mode: "share" });
  const admin = await connectAdmin(config);
  try {
    const people = await fillFacts(admin, customers);
    await fillMonths(admin, customers);
    const rows: Record<string, string>[] = [];
    for (const [work, definition] of works)
      for (const { who, caller } of people) {
        const times: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          const startedMs = performance.now();
          await inTransaction(db, caller, (tx) => runReport(tx, caller, systemClock, definition), { statementTimeoutMs: STATEMENT_MS });
          times.push(performance.now() - startedMs);
        }
        times.sort((a, b) => a - b);
        rows.push({
          work,
          who,
          customers: customers.toLocaleString("en"),
          "p50 ms": percentile(times, 0.5).toFixed(0),
          "slowest ms": percentile(times, 1).toFixed(0),
        });
      }
    printRows(rows);
  } finally {
    await admin.end();
    await db.close();
  }
}

/** A record a customer, and its bookings of 24 months. Past triggers and keys: what they look after is not measured here. */
async function fillMonths(admin: pg.Client, customers: number): Promise<void> {
  const { rows } = await admin.query<{ n: number }>("select count(*)::int as n from intelligence.party_month");
  if (rows[0]?.n === customers * 24) return;
  await admin.query("set session_replication_role = replica");
  await admin.query("truncate intelligence.party_month");
  await admin.query("delete from customers.party");
  await admin.query("delete from customers.customer");
  await admin.query(
    `insert into customers.customer (customer_id, customer_no, kind, branch_id, full_name, sort_name, currency, assets_minor, party_count, holding_count, holding_kinds)
     select customer_id, customer_id::text, 'person', branch_id, 'Bench', 'Bench', 'EUR', 0, 1, 0, '{}' from intelligence.customer_fact`,
  );
  await admin.query(
    `insert into customers.party (party_id, customer_id, source_id, source_key, kind, full_name, changed_at, load_no)
     select customer_id, customer_id, 1, customer_id::text, 'person', 'Bench', '2026-01-01', 1 from intelligence.customer_fact`,
  );
  await admin.query(
    `insert into intelligence.party_month (party_id, month_no, currency, in_count, in_minor, out_count, out_minor)
     select customer_id, $1 - back, 'EUR', 4, (random() * 300000)::bigint, 20, (random() * 250000)::bigint from intelligence.customer_fact, generate_series(0, 23) back`,
    [LAST_MONTH],
  );
  await admin.query("insert into intelligence.refresh_run (of_all, finished_at, as_of) values (true, now(), '2026-01-31')");
  await admin.query("set session_replication_role = origin");
  for (const table of ["customers.customer", "customers.party", "intelligence.party_month"]) await admin.query(`vacuum analyze ${table}`);
}
