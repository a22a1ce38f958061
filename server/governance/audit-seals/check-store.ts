import type { Fault } from "./proof/check-trail.ts";
import type { SealerConnection } from "./store.ts";

/** Takes the oldest verification that waits, or one whose process died (nothing heard for ten minutes); null when there is none. */
export async function takeCheck(connection: SealerConnection): Promise<string | null> {
  const { rows } = await connection.query<{ id: string }>(`
    update governance.audit_check set started_at = clock_timestamp()
    where check_id = (
      select check_id from governance.audit_check
      where finished_at is null and (started_at is null or started_at < clock_timestamp() - interval '10 minutes')
      order by ordered_at limit 1 for update skip locked)
    returning check_id as id`);
  return rows[0]?.id ?? null;
}

/** Also says that the process is alive. */
export async function keepProgress(connection: SealerConnection, id: string, done: { seals: number; rows: number }): Promise<void> {
  await connection.query(
    "update governance.audit_check set seals = $2, rows_checked = $3, started_at = clock_timestamp() where check_id = $1",
    [id, done.seals, done.rows],
  );
}

export interface CheckResult {
  readonly seals: number;
  readonly rows: number;
  readonly faultCount: number;
  readonly faults: readonly Fault[];
}

export async function keepResult(
  connection: SealerConnection,
  id: string,
  { seals, rows, faultCount, faults }: CheckResult,
): Promise<void> {
  const text =
    "update governance.audit_check set finished_at = clock_timestamp(), seals = $2, rows_checked = $3, fault_count = $4, faults = $5, problem = null where check_id = $1";
  await connection.query(text, [id, seals, rows, faultCount, JSON.stringify(faults)]);
}

export async function keepProblem(connection: SealerConnection, id: string, problem: string): Promise<void> {
  await connection.query("update governance.audit_check set finished_at = clock_timestamp(), problem = $2 where check_id = $1", [
    id,
    problem.slice(0, 300),
  ]);
}
