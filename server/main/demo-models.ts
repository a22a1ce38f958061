import { callerOfLogin, operatorCaller, readDemoState } from "../governance/access/index.ts";
import { orderOffers } from "../intelligence/offers/index.ts";
import {
  beginTraining,
  decideVersion,
  deployVersion,
  readModel,
  runTraining,
  scoreCustomers,
  scorePlans,
} from "../intelligence/scores/index.ts";
import { systemClock } from "../platform/clock/index.ts";
import { type Db, inTransaction } from "../platform/db/index.ts";

/**
 * On a demo bank without models: trains them from the demo bank's own past, has its risk officer approve and puts them into force, so that there is
 * something to look at. Begun again at the next start where it was interrupted. Elsewhere it does nothing: a bank's models wait for people.
 */
export async function completeDemoModels(db: Db): Promise<void> {
  const operator = await operatorCaller(db);
  const reader = { ...operator, permissions: new Set([...operator.permissions, "model:read"]) };
  const asWorker = { role: "worker" } as const;
  if ((await inTransaction(db, operator, readDemoState, asWorker)) !== "filled") return;
  const officer = await callerOfLogin(db, operator, "risk");
  if (officer === null) return;
  let trained = false;
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
    trained = true;
  }
  // By then what is reckoned behind the first start, profit and credit, is there too.
  if (trained) await inTransaction(db, operator, (tx) => orderOffers(tx, "all", OFFERS_AFTER_SECONDS), asWorker);
}

const OFFERS_AFTER_SECONDS = 30;
