import { sql, type Tx } from "../../../platform/db/index.ts";
import type { FoundClusters } from "./find-clusters.ts";

export interface ClusterRun {
  readonly runId: string;
  readonly orderedAt: Date;
  readonly finishedAt: Date | null;
  readonly result: FoundClusters | null;
  readonly failure: string | null;
}

export async function insertRun(tx: Tx, runId: string, orderedBy: string, seed: number): Promise<void> {
  await sql`insert into intelligence.cluster_run (run_id, ordered_by, parameters) values (${runId}, ${orderedBy}, ${JSON.stringify({ seed })}::jsonb)`.execute(
    tx,
  );
}

/** The newest run the caller may see. */
export async function readNewest(tx: Tx): Promise<ClusterRun | null> {
  const { rows } = await sql<ClusterRun>`
    select run_id as "runId", ordered_at as "orderedAt", finished_at as "finishedAt", result, failure from intelligence.cluster_run order by ordered_at desc limit 1`.execute(
    tx,
  );
  return rows[0] ?? null;
}

export async function findRun(tx: Tx, runId: string): Promise<ClusterRun | null> {
  const { rows } = await sql<ClusterRun>`
    select run_id as "runId", ordered_at as "orderedAt", finished_at as "finishedAt", result, failure from intelligence.cluster_run where run_id = ${runId}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

export async function finishRun(tx: Tx, runId: string, result: FoundClusters | null, failure: string | null): Promise<void> {
  await sql`update intelligence.cluster_run set finished_at = now(), result = ${result === null ? null : JSON.stringify(result)}::jsonb, failure = ${failure}
    where run_id = ${runId}`.execute(tx);
}

/** Some customers evenly over all, in the order of their ids; not those who objected to profiling. */
export async function sampleCustomers(tx: Tx, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      select f.customer_id as id, row_number() over (order by f.customer_id) as place, count(*) over () as n from intelligence.customer_fact f
      where f.customer_id <> all (array(select customers.not_profiled()))) x
    where (place * ${most}::bigint) / greatest(n, 1) > ((place - 1) * ${most}::bigint) / greatest(n, 1) or n <= ${most} order by id limit ${most}`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}
