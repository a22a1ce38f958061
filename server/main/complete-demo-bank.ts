import { setTimeout as wait } from "node:timers/promises";
import { callerOfLogin, operatorCaller, readDemoState, saveDemoState } from "../governance/access/index.ts";
import { creditPlan } from "../intelligence/credit/index.ts";
import { fraudPlan } from "../intelligence/fraud/index.ts";
import { decideOffers } from "../intelligence/offers/index.ts";
import { runRefresh } from "../intelligence/refresh/index.ts";
import {
  beginTraining,
  decideVersion,
  deployVersion,
  type ModelPlan,
  readModel,
  runTraining,
  scoreAnew,
  scorePlans,
} from "../intelligence/scores/index.ts";
import { settleSegments } from "../intelligence/segments/index.ts";
import type { Caller } from "../platform/caller/index.ts";
import { systemClock } from "../platform/clock/index.ts";
import { type Db, inTransaction } from "../platform/db/index.ts";
import { completeDemoConsents } from "./demo-consents.ts";
import { keepDemoSegments } from "./demo-segments.ts";

const PAUSE_MS = 500;

/**
 * What the demo bank is to show beyond what its sources hold: what its people said of being told of products, models trained from its own past, and facts, value, risk, alerts and segments of everybody.
 * Begun again at the next start where it was interrupted. Elsewhere it does nothing: a bank's models wait for people.
 */
export async function completeDemoBank(db: Db): Promise<void> {
  const caller = await operatorCaller(db);
  const asWorker = { role: "worker" } as const;
  const state = await inTransaction(db, caller, readDemoState, asWorker);
  if (state !== "completing" && state !== "filled") return;
  const order = { db, caller, clock: systemClock };
  if (state === "completing") {
    await keepDemoSegments(db);
    await completeDemoConsents(db);
    // Customers are rated and payments judged by these from the first time on: no other refresh runs before.
    await Promise.all([creditPlan, fraudPlan].map((plan) => putInForce(db, caller, plan)));
    while ((await runRefresh({ ...order, what: "rebuild" })) === null) await wait(PAUSE_MS);
    await inTransaction(db, caller, (tx) => saveDemoState(tx, caller, "filled"), asWorker);
  }
  let isNew = false;
  for (const plan of scorePlans) {
    if (!(await putInForce(db, caller, plan))) continue;
    await scoreAnew({ ...order, customerIds: null }, scorePlans, plan.modelId);
    isNew = true;
  }
  if (!isNew) return;
  await decideOffers({ ...order, customerIds: null });
  await settleSegments({ ...order, customerIds: null, signal: undefined });
}

/** A model without a version is trained, and the risk officer approves and deploys it, so that there is something to look at. */
async function putInForce(db: Db, operator: Caller, plan: ModelPlan): Promise<boolean> {
  const reader = { ...operator, permissions: new Set([...operator.permissions, "model:read"]) };
  const asWorker = { role: "worker" } as const;
  const { modelId, learner } = plan;
  const officer = await callerOfLogin(db, operator, "risk");
  const { model, versions } = await inTransaction(db, reader, (tx) => readModel(tx, reader, modelId), asWorker);
  if (officer === null || model.champion !== null || versions.length > 0) return false;
  const trainingId = await inTransaction(db, operator, (tx) => beginTraining(tx, operator, modelId, learner), asWorker);
  const order = { db, caller: operator, clock: systemClock, plans: [plan] };
  const version = await runTraining({ ...order, signal: new AbortController().signal }, trainingId);
  if (version === null) return false;
  const { versions: made } = await inTransaction(db, reader, (tx) => readModel(tx, reader, modelId), asWorker);
  const checksum = made.find((one) => one.version === version)?.checksum ?? "";
  await inTransaction(db, officer, async (tx) => {
    await decideVersion(
      tx,
      officer,
      systemClock,
      { modelId, version },
      { approve: true, checksum, note: "First version of the demo bank" },
    );
    await deployVersion(tx, officer, systemClock, modelId, {
      place: "champion",
      version,
      reason: "First version of the demo bank",
      rollBack: false,
    });
  });
  return true;
}
