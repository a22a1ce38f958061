import pg from "pg";
import { type Db, sql, type Tx } from "../db/index.ts";

export async function insertJob(
  tx: Tx,
  queue: string,
  data: unknown,
  singletonKey: string | null,
  delaySeconds: number,
): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select jobs.send(${queue}, ${JSON.stringify(data ?? null)}::jsonb, ${singletonKey}, ${delaySeconds}) as id`.execute(tx);
  return rows[0]?.id ?? null;
}

/** Queues exist where workers run; a load from the command line before the first start has none. */
export async function hasQueue(tx: Tx, name: string): Promise<boolean> {
  const { rows } = await sql`select from jobs.queue where name = ${name}`.execute(tx);
  return rows.length > 0;
}

export interface QueueCount {
  readonly queue: string;
  readonly state: string;
  readonly jobs: number;
}

/** Jobs per queue and state, for metrics and `vinculo doctor`. */
export async function countJobs(db: Db): Promise<QueueCount[]> {
  const { rows } = await sql<QueueCount>`
    select name as queue, state::text, count(*)::int as jobs from jobs.job group by name, state order by name, state limit 1000`.execute(
    db.worker,
  );
  return rows;
}

/**
 * Runs a text of pg-boss as the worker. It expects the driver's own value types, and sends `begin; ...; commit` as one text: when that
 * fails in the middle, the connection must not go back to the pool inside a broken transaction.
 */
export async function executeText(db: Db, text: string, values: unknown[] | undefined): Promise<{ rows: unknown[] }> {
  const client = await db.pools.worker.connect();
  try {
    const config: pg.QueryConfig = { text, types: pg.types };
    return await client.query(values === undefined ? config : { ...config, values });
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
