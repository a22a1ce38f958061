import { sql, type Tx } from "../../platform/db/index.ts";
import type { RefreshOrder } from "../facts/index.ts";

export interface RefreshRun {
  readonly runId: string;
  readonly ofAll: boolean;
  readonly stepsDone: readonly { readonly name: string; readonly seconds: number }[];
}

/** The run that was begun and not ended. */
export async function findOpenRun(tx: Tx): Promise<RefreshRun | null> {
  const { rows } = await sql<RefreshRun>`
    select run_id as "runId", of_all as "ofAll", steps_done as "stepsDone" from intelligence.refresh_run where finished_at is null`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** Begins a run; for less than all, of the customers in taken_customer, with the days of taken_days. */
export async function insertRun(
  tx: Tx,
  run: { readonly ofAll: boolean; readonly customers: number; readonly asOf: string },
): Promise<RefreshRun> {
  const { rows } = await sql<{ runId: string }>`
    insert into intelligence.refresh_run (of_all, customers, as_of) values (${run.ofAll}, ${run.ofAll ? null : run.customers}, ${run.asOf}::date)
    returning run_id as "runId"`.execute(tx);
  const runId = rows[0]?.runId ?? "";
  if (!run.ofAll)
    await sql`
      insert into intelligence.refresh_customer (run_id, customer_id, booked_since)
      select ${runId}::uuid, c.customer_id, d.first_on
      from taken_customer c left join (
        select p.customer_id, min(t.first_on) as first_on from taken_days t join customers.published_party p using (party_id) group by 1) d using (customer_id)`.execute(
      tx,
    );
  return { runId, ofAll: run.ofAll, stepsDone: [] };
}

export async function listCustomers(tx: Tx, runId: string): Promise<Pick<RefreshOrder, "bookedSince"> & { customerIds: string[] }> {
  const { rows } = await sql<{ id: string; since: string | null }>`
    select customer_id as id, booked_since as since from intelligence.refresh_customer where run_id = ${runId} order by 1`.execute(tx);
  return {
    customerIds: rows.map(({ id }) => id),
    bookedSince: new Map(rows.flatMap(({ id, since }) => (since === null ? [] : [[id, since]]))),
  };
}

export async function noteStep(tx: Tx, runId: string, name: string, seconds: number): Promise<void> {
  const step = JSON.stringify([{ name, seconds: Math.round(seconds * 100) / 100 }]);
  await sql`update intelligence.refresh_run set steps_done = steps_done || ${step}::jsonb where run_id = ${runId}`.execute(tx);
}

const KEPT_DAYS = 60;

export async function finishRun(tx: Tx, runId: string): Promise<void> {
  await sql`update intelligence.refresh_run set finished_at = now() where run_id = ${runId}`.execute(tx);
  await sql`delete from intelligence.refresh_customer where run_id = ${runId}`.execute(tx);
  await sql`delete from intelligence.refresh_run where finished_at < now() - make_interval(days => ${KEPT_DAYS})`.execute(tx);
}

/** One refresh at a time, whoever orders it; held by the session. False: another holds it. */
export async function tryHold(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_lock(hashtext('intelligence.refresh')) as held`.execute(tx);
  return rows[0]?.held ?? false;
}

/** When the last refresh ended; null: there was none. */
export async function readLastEnd(tx: Tx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select max(finished_at) as at from intelligence.refresh_run`.execute(tx);
  return rows[0]?.at ?? null;
}
