import { sql, type Tx } from "../../platform/db/index.ts";
import type { Rotation } from "./contract.ts";

export interface RotationRow {
  readonly rotationId: string;
  readonly column: string;
  readonly part: Rotation["part"];
  /** Of the index: which of its steps it is at (index-steps.ts). */
  readonly step: number;
  readonly keyNo: number | null;
  readonly afterId: string | null;
  readonly resealed: number;
}

const rotationColumns = sql`rotation_id as "rotationId", column_name as "column", part, step, key_no as "keyNo", after_id as "afterId", resealed::int as resealed`;

/** null when one is under way. */
export async function insertRotation(
  tx: Tx,
  order: { column: string; part: Rotation["part"]; orderedBy: string; now: Date },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into governance.key_rotation (column_name, part, ordered_by, ordered_at) values (${order.column}, ${order.part}, ${order.orderedBy}, ${order.now})
    on conflict (column_name) where finished_at is null do nothing returning rotation_id as id`.execute(tx);
  return rows[0]?.id ?? null;
}

/** On the worker, held until the transaction ends; null when it is finished. */
export async function lockRotation(tx: Tx, rotationId: string): Promise<RotationRow | null> {
  const { rows } = await sql<RotationRow>`
    select ${rotationColumns} from governance.key_rotation where rotation_id = ${rotationId} and finished_at is null for update`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** On the worker. */
export async function listOpenRotations(tx: Tx): Promise<RotationRow[]> {
  const { rows } = await sql<RotationRow>`
    select ${rotationColumns} from governance.key_rotation where finished_at is null order by ordered_at limit 50`.execute(tx);
  return rows;
}

/** On the worker. */
export async function saveKey(tx: Tx, rotationId: string, keyNo: number): Promise<void> {
  await sql`update governance.key_rotation set key_no = ${keyNo} where rotation_id = ${rotationId}`.execute(tx);
}

/** On the worker. */
export async function saveProgress(
  tx: Tx,
  rotationId: string,
  { afterId, resealed }: { afterId: string | null; resealed: number },
): Promise<void> {
  await sql`
    update governance.key_rotation set after_id = ${afterId}, resealed = resealed + ${resealed} where rotation_id = ${rotationId}`.execute(
    tx,
  );
}

/** On the worker. */
export async function saveStep(tx: Tx, rotationId: string, step: number): Promise<void> {
  await sql`update governance.key_rotation set step = ${step}, after_id = null where rotation_id = ${rotationId}`.execute(tx);
}

/** On the worker. Values that do not open are met once and told of to the end, whatever stops the rotation after that. */
export async function saveProblem(tx: Tx, rotationId: string, problem: Rotation["problem"]): Promise<void> {
  await sql`
    update governance.key_rotation set problem = case when problem = 'values_broken' then problem else ${problem} end
    where rotation_id = ${rotationId} and finished_at is null`.execute(tx);
}

/** On the worker. */
export async function finishRotation(tx: Tx, rotationId: string, now: Date): Promise<void> {
  await sql`
    update governance.key_rotation set finished_at = ${now}, problem = case when problem = 'values_broken' then problem end
    where rotation_id = ${rotationId}`.execute(tx);
}

export type ShownRotation = Omit<Rotation, "epoch" | "steps"> & { readonly column: string; readonly keyNo: number | null };

/** The last rotation of each column. */
export async function listLastRotations(tx: Tx): Promise<ShownRotation[]> {
  const { rows } = await sql<ShownRotation>`
    select distinct on (r.column_name) r.column_name as "column", r.part, r.step, r.key_no as "keyNo", r.ordered_at as "orderedAt", coalesce(u.display_name, '') as "orderedByName",
      r.resealed::int as resealed, r.finished_at as "finishedAt", r.problem
    from governance.key_rotation r left join governance.app_user u on u.user_id = r.ordered_by
    order by r.column_name, r.ordered_at desc limit 50`.execute(tx);
  return rows;
}
