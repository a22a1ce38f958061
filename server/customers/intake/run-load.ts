import { record } from "../../governance/audit/index.ts";
import { withWorkerConnection } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { matchAfterLoad } from "../identity/index.ts";
import { type RefreshProgress, refreshAfterLoad } from "../profiles/index.ts";
import { orderStock } from "../quality/index.ts";
import type { LoadProgress, LoadReport } from "./contract.ts";
import type { FileEnds, LoadRun } from "./load-run.ts";
import { readDelivery } from "./read-delivery.ts";
import { reconcile } from "./reconcile.ts";
import { disagreement } from "./rules.ts";
import * as store from "./store.ts";

/**
 * Runs a load from where it stands to its end: lands its files, refreshes the customers it touched, reconciles. The caller holds the source.
 * Fails with what went wrong; the load is then `failed` and can be run again or reversed. What is committed stays consistent at every moment.
 */
export async function runLoad(run: LoadRun): Promise<LoadReport> {
  const startedMs = performance.now();
  const { db, caller, load } = run;
  let read: LoadProgress | null = null;
  const onProgress = (progress: LoadProgress) => {
    read = progress;
    run.onProgress?.(progress);
  };
  const ends: FileEnds = await readDelivery({ ...run, onProgress });
  run.checkpoint?.("read");
  await store.asWorker(db, caller, (tx) => store.setProgress(tx, load.loadNo, "refreshing", null));
  await matchAfterLoad({ db, caller, loadNo: load.loadNo });
  run.checkpoint?.("matched");
  let told: Promise<void> = Promise.resolve();
  const tell = (customers: RefreshProgress) => {
    run.checkpoint?.("refreshed batch");
    if (read === null) return; // too short a load for anybody to look at
    const progress: LoadProgress = { ...read, phase: "refreshing", file: null, customers };
    run.onProgress?.(progress);
    told = told.then(() => store.asWorker(db, caller, (tx) => store.setProgress(tx, load.loadNo, "refreshing", progress)));
    told = told.catch(() => undefined); // the work itself meets whatever is wrong with the database
  };
  await refreshAfterLoad({ db, caller, loadNo: load.loadNo, onProgress: tell });
  await told;
  await store.asWorker(db, caller, (tx) => store.setProgress(tx, load.loadNo, "reconciling", null));
  run.checkpoint?.("reconciling");
  return withWorkerConnection(db, caller, (connection) =>
    connection.inTransaction(async (tx) => {
      const report = await reconcile(tx, run, ends, { seconds: (performance.now() - startedMs) / 1000, dryRun: false, complete: true });
      const wrong = disagreement(report);
      if (wrong !== null)
        throw new DomainError("internal", `load ${load.loadNo} does not add up: ${wrong}`, {
          detail: { reason: "does_not_add_up", disagreement: wrong, report },
        });
      await store.finishLoad(tx, load.loadNo, report);
      await record(tx, {
        caller,
        action: "load.finished",
        subjectKind: "load",
        subjectIds: [load.loadId],
        detail: { loadNo: load.loadNo },
      });
      await store.notifyLoad(tx, load.loadId);
      await orderStock(tx);
      await run.inLastTransaction?.(tx);
      return report;
    }),
  );
}
