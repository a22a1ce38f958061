import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { LoadProgress } from "./contract.ts";
import { type LoadResult, loadDelivery } from "./load-delivery.ts";
import { openAgain } from "./open-again.ts";
import { type OrderedLoad, orderDelivery } from "./order-load.ts";
import * as store from "./store.ts";

/**
 * Lets a load that stopped go on behind its last chunk, in the background. Pressed twice it is the same: one that runs or is done is answered as
 * it is. Fails with: not_allowed, not_found, invalid_state (reversed, or its files are gone), in_progress, and FileProblems.
 */
export async function resumeLoad(db: Db, caller: Caller, home: string, loadId: string): Promise<OrderedLoad> {
  permit(caller, "load:run");
  const load = await store.asWorker(db, caller, (tx) => store.findLoad(tx, loadId));
  if (load === null) throw new DomainError("not_found", "no such load");
  if (load.state === "done" || (load.state === "running" && (await isWorkedOn(db, load.sourceId)))) return { loadId, state: load.state };
  refuseReversed(load);
  return orderDelivery(db, caller, await openAgain(db, caller, home, load));
}

export interface ResumeOrder {
  readonly db: Db;
  readonly caller: Caller;
  readonly home: string;
  readonly loadNo: number;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** The same in this process and to its end, for the command line. Fails also with what loadDelivery fails with. */
export async function resumeHere({ db, caller, home, loadNo, onProgress }: ResumeOrder): Promise<LoadResult> {
  permit(caller, "load:run");
  const found = await store.asWorker(db, caller, (tx) => store.readLoadByNo(tx, loadNo));
  const load = found === null ? null : await store.asWorker(db, caller, (tx) => store.findLoad(tx, found.loadId));
  if (load === null) throw new DomainError("not_found", `there is no load ${loadNo}`);
  refuseReversed(load);
  return loadDelivery({
    db,
    caller,
    delivery: await openAgain(db, caller, home, load),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
}

/** A process that was killed leaves its load running, with nobody at it. */
async function isWorkedOn(db: Db, sourceId: number): Promise<boolean> {
  const hold = await store.holdSource(db, sourceId);
  await hold?.release();
  return hold === null;
}

function refuseReversed({ state, loadNo, correctsLoadNo }: store.LoadHead): void {
  if (correctsLoadNo !== null) throw new DomainError("invalid_state", `load ${loadNo} is of corrected rows: it has no files to go on with`);
  if (state === "reversed" || state === "reversing")
    throw new DomainError("invalid_state", `load ${loadNo} is ${state}: load its files again`);
}
