import type { Tx } from "../../platform/db/index.ts";
import {
  type FieldSealer,
  keyRing,
  listKeys,
  listSealedOtherwise,
  makeKeyIn,
  type SealedColumn,
  SealedValueBroken,
  saveResealed,
  sealField,
  waitForWriters,
} from "../../platform/encryption/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { record } from "../audit/index.ts";
import { BATCH_ROWS, type Carrying, onWorker, stopWhenAsked } from "./carrying.ts";
import { changeIndexKey } from "./change-index-key.ts";
import type { Rotation } from "./contract.ts";
import * as store from "./store.ts";

/**
 * Carries out what was ordered, a thousand rows a transaction; killed at any moment it goes on behind its last batch. Fails with unavailable (the provider),
 * in_progress (somebody works by the old key, or holds rows, for longer than one may wait): both to be tried again.
 */
export async function carryOutRotation(carrying: Carrying, rotationId: string): Promise<void> {
  try {
    const rotation = await onWorker(carrying, (tx) => store.lockRotation(tx, rotationId));
    if (rotation === null) return;
    const column = carrying.columns.find((one) => one.column === rotation.column);
    if (column === undefined) throw new DomainError("not_found", `${rotation.column} is no encrypted column`);
    await (rotation.part === "index" ? changeIndexKey : changeKey)(carrying, column, rotationId);
    await onWorker(carrying, (tx) => finish(tx, carrying, rotationId));
  } catch (error) {
    await onWorker(carrying, (tx) => store.saveProblem(tx, rotationId, problemOf(error))).catch(() => undefined);
    throw error;
  }
}

/**
 * Gives the column its new key, waits until nobody writes under the older ones, and seals every row anew. Readers open both; a row written meanwhile is left as
 * it is.
 */
async function changeKey(carrying: Carrying, column: SealedColumn, rotationId: string): Promise<void> {
  const rotation = await onWorker(carrying, (tx) => takeKey(tx, rotationId));
  if (rotation === null) return;
  await onWorker(carrying, (tx) => waitForOlder(tx, rotation));
  for (;;) {
    stopWhenAsked(carrying);
    const resealed = await onWorker(carrying, (tx) => resealBatch(tx, column, rotationId, carrying.batchRows ?? BATCH_ROWS));
    if (resealed === null) return;
    await carrying.onBatch?.(resealed);
  }
}

type WithKey = store.RotationRow & { readonly keyNo: number };

async function takeKey(tx: Tx, rotationId: string): Promise<WithKey | null> {
  const rotation = await store.lockRotation(tx, rotationId);
  if (rotation === null) return null;
  if (rotation.keyNo !== null) return { ...rotation, keyNo: rotation.keyNo };
  const epochs = (await listKeys(tx)).filter(({ column }) => column === rotation.column).map(({ epoch }) => epoch);
  const keyNo = await makeKeyIn(tx, keyRing().provider, rotation.column, Math.max(0, ...epochs) + 1);
  if (keyNo === null) throw new DomainError("in_progress", "another process made a key of this column");
  await store.saveKey(tx, rotationId, keyNo);
  return { ...rotation, keyNo };
}

async function waitForOlder(tx: Tx, { column, keyNo }: WithKey): Promise<void> {
  const older = (await listKeys(tx)).filter((key) => key.column === column && key.epoch > 0 && key.keyNo < keyNo);
  for (const key of older) await waitForWriters(tx, key.keyNo);
}

/** How many rows were sealed anew; null when none is left. */
async function resealBatch(tx: Tx, column: SealedColumn, rotationId: string, limit: number): Promise<number | null> {
  const rotation = await store.lockRotation(tx, rotationId);
  if (rotation === null) return null;
  const field = await sealField(tx, column.column);
  const rows = await listSealedOtherwise(tx, column, { keyNo: field.keyNo, after: rotation.afterId, limit });
  const last = rows.at(-1);
  if (last === undefined) return null;
  const anew = rows.flatMap((row) => sealedAnew(field, row) ?? []);
  if (anew.length < rows.length) await store.saveProblem(tx, rotationId, "values_broken");
  const resealed = await saveResealed(tx, column, anew);
  await store.saveProgress(tx, rotationId, { afterId: last.place, resealed });
  return resealed;
}

/** null for a value that does not open: it stays as it is, for whoever finds out why. */
function sealedAnew<Row extends { readonly rowId: string; readonly sealed: Buffer }>(field: FieldSealer, row: Row) {
  try {
    return { ...row, anew: field.seal(row.rowId, field.open(row.rowId, row.sealed)) };
  } catch (error) {
    if (error instanceof SealedValueBroken) return null;
    throw error;
  }
}

async function finish(tx: Tx, { caller, clock }: Carrying, rotationId: string): Promise<void> {
  const rotation = await store.lockRotation(tx, rotationId);
  if (rotation === null) return;
  await store.finishRotation(tx, rotationId, clock.now());
  const { column, part, resealed } = rotation;
  await record(tx, {
    ...{ caller, action: "encryption.rotation_finished", subjectKind: "encryption_key" },
    ...{ subjectIds: [rotationId], detail: { column, part, resealed } },
  });
}

function problemOf(error: unknown): NonNullable<Rotation["problem"]> {
  const reason = error instanceof DomainError ? error.detail?.reason : undefined;
  return reason === "key_provider" || reason === "wrong_master_key" ? reason : "stopped";
}
