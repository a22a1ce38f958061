import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import { writeModel } from "../../learning/index.ts";
import { asWorker } from "../live/store.ts";
import { doHeavyWork } from "./heavy-work.ts";
import { readHistory } from "./history.ts";
import type { FraudMetrics } from "./learn.ts";
import * as store from "./store.ts";

export interface TrainedFraud {
  readonly modelNo: number;
  readonly isLive: boolean;
  readonly metrics: FraudMetrics;
}

/**
 * Learns a score from the bank's own cases. The first that orders payments better than their amounts do goes into force at once, because nothing stands in
 * its place; every later one waits for a second person. Null when there are too few cases. Fails with not_allowed. A killed training leaves nothing behind.
 */
export async function trainFraud({
  db,
  caller,
  clock,
  signal,
}: {
  db: Db;
  caller: Caller;
  clock: Clock;
  signal: AbortSignal;
}): Promise<TrainedFraud | null> {
  permit(caller, "model:train");
  const columns = await asWorker(db, caller, (tx) => readHistory(tx, clock.now()));
  const learned = await doHeavyWork({ what: "learn", columns }, signal);
  if ("tooFew" in learned) return null;
  const { model, genuineShare, metrics } = learned;
  return asWorker(db, caller, async (tx) => {
    const isLive = metrics.averagePrecision > metrics.baseline.averagePrecision && !(await store.hasLiveModel(tx));
    const modelNo = await store.insertModel(tx, {
      body: writeModel(model),
      genuineShare,
      metrics,
      isLive,
      by: caller.userId,
      at: clock.now(),
    });
    await record(tx, { caller, action: "fraud_model.trained", subjectKind: "fraud_model", detail: { modelNo, isLive, ...metrics } });
    return { modelNo, isLive, metrics };
  });
}
