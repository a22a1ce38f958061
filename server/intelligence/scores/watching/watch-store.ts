import { sql, type Tx } from "../../../platform/db/index.ts";
import type { Band, ModelWatch, WatchLevel } from "../contract.ts";

interface Of {
  readonly modelId: string;
  readonly version: number;
}

const CHANCES_MAX = 200_000;

/** On the worker. The chances a version gave for a day, of 200,000 customers at most. */
export async function readChances(
  tx: Tx,
  { modelId, version, asOf }: Of & { asOf: string },
): Promise<{ customerId: string; item: string; chance: number; band: Band }[]> {
  const { rows } = await sql<{ customerId: string; item: string; chance: number; band: Band }>`
    select customer_id as "customerId", item, chance, band from intelligence.customer_score
    where model_id = ${modelId} and version = ${version} and as_of = ${asOf} order by customer_id, item limit ${CHANCES_MAX}`.execute(tx);
  return rows;
}

/** On the worker. */
export async function newestScoredDay(tx: Tx, { modelId, version, until }: Of & { until: string }): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select max(as_of) as day from intelligence.customer_score where model_id = ${modelId} and version = ${version} and as_of <= ${until}`.execute(
    tx,
  );
  return rows[0]?.day ?? null;
}

export type WatchRow = Omit<ModelWatch, "scorePsi" | "columns" | "flaggedShare" | "matured"> & {
  readonly report: Pick<ModelWatch, "scorePsi" | "columns" | "flaggedShare" | "matured">;
};

/** On the worker. Keeps the watch of a day, and answers the level of the day before it; null: the first. */
export async function saveWatch(tx: Tx, watch: Omit<WatchRow, "version"> & Of): Promise<WatchLevel | null> {
  const { rows } = await sql<{ level: WatchLevel }>`
    select level from intelligence.model_watch where model_id = ${watch.modelId} and version = ${watch.version} order by watched_on desc limit 1`.execute(
    tx,
  );
  await sql`insert into intelligence.model_watch (model_id, version, watched_on, as_of, rows, level, report)
    values (${watch.modelId}, ${watch.version}, ${watch.watchedOn}, ${watch.asOf}, ${watch.rows}, ${watch.level}, ${JSON.stringify(watch.report)}::jsonb)
    on conflict (model_id, version, watched_on) do update set as_of = excluded.as_of, rows = excluded.rows, level = excluded.level, report = excluded.report`.execute(
    tx,
  );
  return rows[0]?.level ?? null;
}

/** Of one version, the newest last. */
export async function listWatches(tx: Tx, { modelId, version }: Of, days: number): Promise<ModelWatch[]> {
  const { rows } = await sql<WatchRow>`
    select version, watched_on as "watchedOn", as_of as "asOf", rows, level, report from intelligence.model_watch
    where model_id = ${modelId} and version = ${version} order by watched_on desc limit ${days}`.execute(tx);
  return rows.reverse().map(({ report, ...watch }) => ({ ...watch, ...report }));
}
