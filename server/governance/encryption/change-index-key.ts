import { setTimeout as pause } from "node:timers/promises";
import type { Tx } from "../../platform/db/index.ts";
import {
  type BlindPass,
  dropIndexKey,
  exchangeIndexKeys,
  keyRing,
  listKeys,
  makeKeyIn,
  type SealedColumn,
  waitForIndex,
} from "../../platform/encryption/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { BATCH_ROWS, type Carrying, onWorker, stopWhenAsked } from "./carrying.ts";
import { type IndexStep, indexSteps } from "./index-steps.ts";
import * as store from "./store.ts";

/** Whoever works by the index of before: the reversal of a large load takes minutes in one transaction. Each wait lasts as long as a lock is waited for. */
const WAITS_MAX = 60;
/** Rows that others hold: a chunk of a load takes seconds. */
const HELD_PAUSE_MS = 200;
const HELD_PAUSES_MAX = 1_500;

/**
 * Gives the blind index of a column another key while people write and ask (index-steps.ts); at the end nothing stands there under the old one, and that is gone.
 * Goes on at the step and row where it was. Fails with unavailable, in_progress.
 */
export async function changeIndexKey(carrying: Carrying, column: SealedColumn, rotationId: string): Promise<void> {
  const steps = indexSteps(column);
  for (;;) {
    const rotation = await onWorker(carrying, (tx) => store.lockRotation(tx, rotationId));
    const step = rotation === null ? undefined : steps[rotation.step];
    if (rotation === null || step === undefined) return;
    if (step.act === "wait") await waitForOthers(carrying, column.column);
    if (step.act === "pass") await carryOutPass(carrying, step.pass, rotation);
    await onWorker(carrying, async (tx) => {
      // Whoever carries it out, too, has to see it where this one left it.
      if ((await store.lockRotation(tx, rotationId))?.step !== rotation.step) return;
      await act(tx, step.act, rotation);
      await store.saveStep(tx, rotationId, rotation.step + 1);
    });
  }
}

/** In the transaction that goes on to the next step. */
async function act(tx: Tx, what: IndexStep["act"], { rotationId, column }: store.RotationRow): Promise<void> {
  if (what === "exchange_keys") await exchangeIndexKeys(tx, column);
  if (what === "drop_key") await dropIndexKey(tx, column);
  if (what !== "make_key") return;
  const epochs = (await listKeys(tx)).filter((key) => key.column === column).map(({ epoch }) => epoch);
  const keyNo = await makeKeyIn(tx, keyRing().provider, column, Math.min(1, ...epochs) - 1);
  if (keyNo === null) throw new DomainError("in_progress", "another process made a key of this column");
  await store.saveKey(tx, rotationId, keyNo);
}

async function waitForOthers(carrying: Carrying, column: string): Promise<void> {
  for (let waits = 1; ; waits += 1) {
    stopWhenAsked(carrying);
    try {
      return await onWorker(carrying, (tx) => waitForIndex(tx, column));
    } catch (error) {
      if (!(error instanceof DomainError && error.code === "in_progress") || waits >= WAITS_MAX) throw error;
    }
  }
}

async function carryOutPass(carrying: Carrying, pass: BlindPass, at: store.RotationRow): Promise<void> {
  for (let pauses = 0; ; ) {
    stopWhenAsked(carrying);
    const before = await onWorker(carrying, (tx) => runBatch(tx, { pass, at, limit: carrying.batchRows ?? BATCH_ROWS }));
    if (before === null) return;
    await carrying.onBatch?.(before.rows);
    if (before.moved) pauses = 0;
    else if (pauses < HELD_PAUSES_MAX) pauses += 1;
    else throw new DomainError("in_progress", "somebody holds rows for too long; the rotation goes on later");
    if (!before.moved) await pause(HELD_PAUSE_MS);
  }
}

interface Batch {
  readonly pass: BlindPass;
  /** The rotation at the step of this pass. */
  readonly at: store.RotationRow;
  readonly limit: number;
}

/** null when none is left; `moved` is false when the next row is held by somebody else. */
async function runBatch(tx: Tx, { pass, at: { rotationId, step }, limit }: Batch): Promise<{ rows: number; moved: boolean } | null> {
  const rotation = await store.lockRotation(tx, rotationId);
  // Whoever carries it out, too, has ended this pass: the row it is at is one of another pass, and saving ours would have that leave rows out.
  if (rotation?.step !== step) return null;
  const batch = await pass(tx, rotation.afterId, limit);
  if (batch === null) return null;
  if (batch.broken > 0) await store.saveProblem(tx, rotationId, "values_broken");
  await store.saveProgress(tx, rotationId, { afterId: batch.after, resealed: batch.rows });
  return { rows: batch.rows, moved: batch.after !== rotation.afterId };
}
