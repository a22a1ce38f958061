import { record } from "../../governance/audit/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { failureOf } from "./failure/failure-of.ts";
import * as store from "./store.ts";

/** Writes down that a load stopped, and why. `stopping`: because the process was asked to stop. It holds its source until it goes on or is reversed. */
export async function stopLoad(
  db: Db,
  caller: Caller,
  load: Pick<store.LoadHead, "loadId" | "loadNo">,
  error: unknown,
  stopping: boolean,
): Promise<void> {
  const failure = failureOf(error, stopping);
  await store.asWorker(db, caller, async (tx) => {
    await store.failLoad(tx, load.loadNo, failure);
    const detail = { loadNo: load.loadNo, code: failure.code, reason: failure.reason };
    await record(tx, { caller, action: "load.failed", subjectKind: "load", subjectIds: [load.loadId], detail });
    await store.notifyLoad(tx, load.loadId);
  });
}
