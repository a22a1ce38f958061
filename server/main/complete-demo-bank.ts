import { setTimeout as wait } from "node:timers/promises";
import { callerOfLogin, operatorCaller, readDemoState } from "../governance/access/index.ts";
import { learnCredit } from "../intelligence/credit/index.ts";
import { readLastEnd, runRefresh } from "../intelligence/refresh/index.ts";
import {
  beginTraining,
  decideVersion,
  deployVersion,
  readModel,
  runTraining,
  scoreCustomers,
  scorePlans,
} from "../intelligence/scores/index.ts";
import { settleSegments } from "../intelligence/segments/index.ts";
import type { Caller } from "../platform/caller/index.ts";
import { systemClock } from "../platform/clock/index.ts";
import { type Db, inTransaction } from "../platform/db/index.ts";

import { keepDemoSegments } from "./demo-segments.ts";

const PAUSE_MS = 500;

/**
 * What the demo bank is to show beyond what its sources hold: facts, value, risk and segments of everybody, and models trained from its own past. Begun
 * again at the next start where it was interrupted. Elsewhere it does nothing: a bank's models wait for people.
 */
export async function completeDemoBank(db: Db): Promise<void> {
  const caller = await operatorCaller(db);
  const asWorker = { role: "worker" } as const;
  if ((await inTransaction(db, caller, readDemoState, asWorker)) !== "filled") return;
  if ((await inTransaction(db, caller, readLastEnd, asWorker)) === null) {
    const order = { db, caller, clock: systemClock };
    await keepDemoSegments(db);
    await learnCredit(order);
    // News of the load may have begun one: it knew no model of credit yet.
    while ((await runRefresh({ ...order, what: "rebuild" })) === null) await wait(PAUSE_MS);
  }
  if (await completeModels(db, caller)) await settleSegments({ db, caller, clock: systemClock, customerIds: null, signal: undefined });
}

/** Models without a version are trained, and the risk officer approves and deploys them, so that there is something to look at. Answers whether any was. */
async function completeModels(db: Db, operator: Caller): Promise<boolean> {
  const reader = { ...operator, permissions: new Set([...operator.permissions, "model:read"]) };
  const asWorker = { role: "worker" } as const;
  const officer = await callerOfLogin(db, operator, "risk");
  if (officer === null) return false;
  let isAny = false;
  for (const { modelId, learner } of scorePlans) {
    const { model, versions } = await inTransaction(db, reader, (tx) => readModel(tx, reader, modelId), asWorker);
    if (model.champion !== null || versions.length > 0) continue;
    const trainingId = await inTransaction(db, operator, (tx) => beginTraining(tx, operator, modelId, learner), asWorker);
    const order = { db, caller: operator, clock: systemClock, plans: scorePlans };
    const version = await runTraining({ ...order, signal: new AbortController().signal }, trainingId);
    if (version === null) continue;
    const { versions: made } = await inTransaction(db, reader, (tx) => readModel(tx, reader, modelId), asWorker);
    const checksum = made.find((one) => one.version === version)?.checksum ?? "";
    await inTransaction(db, officer, async (tx) => {
      await decideVersion(tx, officer, { modelId, version }, { approve: true, checksum, note: "First version of the demo bank" });
      await deployVersion(tx, officer, modelId, { place: "champion", version, reason: "First version of the demo bank", rollBack: false });
    });
    await scoreCustomers({ ...order, customerIds: null, onlyModel: modelId });
    isAny = true;
  }
  return isAny;
}
