import { sql, type Tx } from "../../platform/db/index.ts";

/** On the worker: whoever trains or approves is told that a model no longer does what it did. */
export async function tellDrift(tx: Tx, modelId: string, version: number): Promise<void> {
  await sql`select governance.tell(array(select governance.holders('model:approve') union select governance.holders('model:train')), 'model_drifts',
    ${JSON.stringify({ model: modelId, version })}::jsonb)`.execute(tx);
}

/** On the worker: whoever trains or approves is told that what is kept of a version no longer fits its checksum, and that it scores nobody. */
export async function tellAltered(tx: Tx, modelId: string, version: number): Promise<void> {
  await sql`select governance.tell(array(select governance.holders('model:approve') union select governance.holders('model:train')), 'model_altered',
    ${JSON.stringify({ model: modelId, version })}::jsonb)`.execute(tx);
}
