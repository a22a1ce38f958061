import type { Caller } from "../../platform/caller/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { fileProblems, type LoadReport } from "./contract.ts";
import type { LoadRun } from "./load-run.ts";
import * as mappings from "./mapping-store.ts";
import type { Delivery } from "./open-delivery.ts";
import { registerLoad, sourceIsTaken } from "./register-load.ts";
import { retryWaiting } from "./retry-waiting.ts";
import { reverseHeld } from "./reverse-load.ts";
import { runLoad } from "./run-load.ts";
import { stopLoad } from "./stop-load.ts";
import * as store from "./store.ts";

export interface LoadOrder extends Pick<LoadRun, "onProgress" | "checkpoint" | "signal" | "chunkRows"> {
  readonly db: Db;
  readonly caller: Caller;
  readonly delivery: Delivery;
  /** Runs in the transaction that calls the load done: a job ends with it. */
  readonly inLastTransaction?: LoadRun["inLastTransaction"];
}

export interface LoadResult {
  readonly loadId: string;
  readonly loadNo: number;
  /** The same delivery was loaded before: nothing was done, the report is the one of then. */
  readonly repeated: boolean;
  readonly report: LoadReport;
}

/**
 * Loads a delivery to its end, or goes on where an earlier run of it stopped. Afterwards rows that were waiting for records of this source are
 * tried again, as loads of their own. Fails with what registerLoad and runLoad fail with. A file that turns out not to be what it was at the
 * beginning undoes what landed of the delivery; any other failure leaves it `failed`, to be run again or reversed.
 */
export async function loadDelivery(order: LoadOrder): Promise<LoadResult> {
  const { db, caller, delivery } = order;
  const sourceId = await store.asWorker(db, caller, (tx) => mappings.findSource(tx, delivery.mapping.source.code));
  const hold = await holdOrRefuse(db, caller, sourceId);
  try {
    const load = await store.asWorker(db, caller, (tx) => registerLoad(tx, caller, delivery));
    if (load.state === "done" && load.report !== null)
      return { loadId: load.loadId, loadNo: load.loadNo, repeated: true, report: load.report };
    const held = hold ?? (await holdOrRefuse(db, caller, load.sourceId));
    try {
      const report = await runLoad({ ...order, load, plan: delivery.plan });
      await retryWaiting(db, caller, load.sourceId);
      return { loadId: load.loadId, loadNo: load.loadNo, repeated: false, report };
    } catch (error) {
      await stopLoad(db, caller, load, error, order.signal?.aborted ?? false);
      if (isOtherFile(error)) await reverseHeld(db, caller, load).catch(unlessStoodOn);
      throw error;
    } finally {
      if (hold === null) await held?.release();
    }
  } finally {
    await hold?.release();
  }
}

/** Holds a source against other processes; null for a source that is not there yet. */
async function holdOrRefuse(db: Db, caller: Caller, sourceId: number | null): Promise<{ release(): Promise<void> } | null> {
  if (sourceId === null) return null;
  const hold = await store.holdSource(db, sourceId);
  if (hold !== null) return hold;
  const holder = await store.asWorker(db, caller, (tx) => store.findHolder(tx, sourceId));
  throw holder === null ? new DomainError("in_progress", "somebody is working on this source right now") : sourceIsTaken(holder);
}

/** A delivery that was begun and does not exist any more as it was can never be finished. */
const isOtherFile = (error: unknown) => error instanceof DomainError && (fileProblems as readonly unknown[]).includes(error.detail?.reason);

/** What people did on what had landed by then is not thrown away: such a load stays failed. */
function unlessStoodOn(refused: unknown): void {
  if (!(refused instanceof DomainError && refused.code === "depends_on_this")) throw refused;
}
