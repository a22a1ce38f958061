import type pg from "pg";
import { operatorCaller } from "../server/governance/access/index.ts";
import { refreshBlocks } from "../server/intelligence/facts/index.ts";
import type { SegmentFilter } from "../server/intelligence/segments/contract.ts";
import { countSegment } from "../server/intelligence/segments/preview-segment.ts";
import { openBank } from "../server/main/open-bank.ts";
import type { Caller, SessionId, UserId } from "../server/platform/caller/index.ts";
import { systemClock } from "../server/platform/clock/index.ts";
import { inTransaction } from "../server/platform/db/index.ts";
import { percentile } from "./client.ts";
import { connectAdmin } from "./grow.ts";
import { configOf } from "./home.ts";
import { printRows } from "./table.ts";

const BRANCHES = 50;
const ROUNDS = 100;

const filter: SegmentFilter = {
  match: "all",
  of: [
    { field: "assets_minor", op: "at_least", values: ["200000"] },
    { field: "out_count_3m", op: "between", values: ["5", "80"] },
    { field: "last_card_on", op: "within_days", values: ["200"] },
    { field: "segment", op: "any_of", values: ["mass", "affluent"] },
    { field: "has_salary", op: "yes", values: [] },
  ],
};

/** Five conditions over that many rows of facts, drawn by themselves: the count needs nothing else. */
export async function benchSegments(home: string, customers: number): Promise<void> {
  const config = configOf(home);
  const db = await openBank(config, { mode: "share" });
  const admin = await connectAdmin(config);
  try {
    const people = await fillFacts(admin, customers);
    const startedMs = performance.now();
    const blocks = await refreshBlocks({ db, caller: await operatorCaller(db) }, 1);
    console.log(`${blocks} blocks written in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
    await admin.query("vacuum intelligence.fact_block, intelligence.stale_block");
    const rows: Record<string, string>[] = [];
    for (const { who, caller } of people) {
      const times: number[] = [];
      let count = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const startedMs = performance.now();
        count = await inTransaction(db, caller, (tx) => countSegment(tx, caller, systemClock, filter), { readOnly: true });
        times.push(performance.now() - startedMs);
      }
      const first = times.shift() ?? 0;
      times.sort((a, b) => a - b);
      const figure = (share: number) => percentile(times, share).toFixed(0);
      rows.push({
        work: "count, 5 conditions",
        who,
        customers: customers.toLocaleString("en"),
        fit: count.toLocaleString("en"),
        "first ms": first.toFixed(0),
        "p50 ms": figure(0.5),
        "p95 ms": figure(0.95),
      });
    }
    printRows(rows);
  } finally {
    await admin.end();
    await db.close();
  }
}

export async function fillFacts(admin: pg.Client, customers: number): Promise<{ who: string; caller: Caller }[]> {
  const { rows } = await admin.query<{ n: number }>("select count(*)::int as n from intelligence.customer_fact");
  if (rows[0]?.n !== customers) {
    await admin.query("truncate intelligence.customer_fact");
    await admin.query(
      "insert into governance.organisation_unit (parent_id, kind, code, name) select (select unit_id from governance.organisation_unit where kind = 'bank'), 'branch', 'BENCH-' || n, 'Branch ' || n from generate_series(1, $1) n on conflict do nothing",
      [BRANCHES],
    );
    await admin.query(
      `insert into intelligence.customer_fact (customer_id, branch_id, as_of, assets_minor, out_count_3m, last_card_on, segment, has_salary, born_on, in_3m_minor, digital_share)
       select uuidv7(), b.units[1 + n % $2], '2026-01-31', (random() ^ 3 * 10000000)::bigint, (random() * 150)::int, current_date - (random() * 700)::int,
         (array['mass', 'affluent', 'private', 'student'])[1 + (random() * 3)::int], random() < 0.6, '1940-01-01'::date + (random() * 25000)::int, (random() * 900000)::bigint, random()
       from generate_series(1, $1) n, (select array_agg(unit_id) as units from governance.organisation_unit where code like 'BENCH-%') b`,
      [customers, BRANCHES],
    );
    await admin.query("vacuum analyze intelligence.customer_fact");
  }
  const person = async (who: string, role: string, unit: string): Promise<{ who: string; caller: Caller }> => {
    const made = await admin.query<{ id: string }>(
      `with person as (insert into governance.app_user (user_id, login, display_name, home_unit_id)
         select uuidv7(), 'bench-' || gen_random_uuid(), $1, unit_id from governance.organisation_unit where ${unit} limit 1 returning user_id, home_unit_id),
       held as (insert into governance.role_assignment (user_id, role_id, unit_id) select user_id, $2, home_unit_id from person)
       select user_id as id from person`,
      [who, role],
    );
    const permissions = await admin.query<{ permissions: string[] }>("select permissions from governance.role where role_id = $1", [role]);
    const caller = {
      userId: made.rows[0]?.id as UserId,
      displayName: who,
      sessionId: null as SessionId | null,
      permissions: new Set(permissions.rows[0]?.permissions ?? []),
      requestId: "bench",
      ipAddress: null,
    };
    return { who, caller };
  };
  return [await person("head office", "analyst", "kind = 'bank'"), await person("one branch", "branch_manager", "code = 'BENCH-7'")];
}
