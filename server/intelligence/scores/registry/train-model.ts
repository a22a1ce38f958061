import { requestApproval } from "../../../governance/approvals/index.ts";
import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { sendJob } from "../../../platform/jobs/index.ts";
import { writeModel } from "../../learning/index.ts";
import type { LearnerKind } from "../contract.ts";
import { withExtra } from "../fitting/fit-by-time.ts";
import { fitInWorker } from "../fitting/fit-in-worker.ts";
import type { ModelPlan } from "../model-plan.ts";
import { endTraining, findModel, findTraining, insertTraining, insertVersion, saveTrainingStep } from "../store.ts";
import { approveVersionAct } from "./approve-version.ts";
import { codeVersion } from "./code-version.ts";
import { versionChecksum } from "./seal-version.ts";
import { trainingJob } from "./training-job.ts";

/** Orders a training as a job. Fails with not_allowed, not_found, in_progress (one of the model waits or runs). */
export async function orderTraining(tx: Tx, caller: Caller, modelId: string, learner: LearnerKind): Promise<{ trainingId: string }> {
  const trainingId = await beginTraining(tx, caller, modelId, learner);
  await sendJob(tx, trainingJob, { trainingId }, { singletonKey: modelId });
  return { trainingId };
}

/** The same without a job, for whoever trains at once (runTraining). Fails with invalid_state (wrong_learner), too. */
export async function beginTraining(tx: Tx, caller: Caller, modelId: string, learner: LearnerKind): Promise<string> {
  permit(caller, "model:train");
  const model = await findModel(tx, modelId);
  if (model === null) throw new DomainError("not_found", `there is no model ${modelId}`);
  if (!model.learners.includes(learner))
    throw new DomainError("invalid_state", `${modelId} is not learned by ${learner}`, { detail: { reason: "wrong_learner" } });
  const trainingId = await insertTraining(tx, modelId, learner);
  if (trainingId === null) throw new DomainError("in_progress", `a training of ${modelId} is under way`, { detail: { model: modelId } });
  return trainingId;
}

export interface TrainingOrder {
  readonly db: Db;
  readonly caller: Caller;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly plans: readonly ModelPlan[];
}

const LEASE_MS = 45_000;
const RENEW_MS = 10_000;

/**
 * Does an ordered training: gathers, learns on a thread of its own, and writes the version whole in one transaction. A killed one leaves its row, whose
 * lease runs out; begun again it starts anew. What cannot be learned from ends the training with the reason and throws nothing.
 * Fails with in_progress (another process is at it; ended before done), not_found, not_allowed. Answers the version, or null where it failed.
 */
export async function runTraining(order: TrainingOrder, trainingId: string): Promise<number | null> {
  const { db, caller, clock, signal, plans } = order;
  permit(caller, "model:train");
  const asWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work, { role: "worker" });
  let step = "gathering";
  const keep = (tx: Tx) => saveTrainingStep(tx, trainingId, step, new Date(clock.now().getTime() + LEASE_MS));
  const training = await asWorker(async (tx) => {
    const found = await findTraining(tx, trainingId);
    if (found === null || found.state === "done" || found.state === "failed") return null;
    if (found.state === "running" && found.leasedUntil !== null && found.leasedUntil > clock.now())
      throw new DomainError("in_progress", "this training is under way in another process");
    await keep(tx);
    return found;
  });
  if (training === null) return null;
  const plan = plans.find(({ modelId }) => modelId === training.modelId);
  if (plan === undefined) throw new DomainError("not_found", `nothing is known of how to train ${training.modelId}`);
  const renewal = setInterval(() => void asWorker(keep).catch(() => undefined), RENEW_MS);
  try {
    const made = await make(order, plan, training.learner, (next) => {
      step = next;
      asWorker(keep).catch(() => undefined);
    });
    clearInterval(renewal);
    return await asWorker((tx) => keepVersion(tx, order, plan.modelId, trainingId, made));
  } catch (error) {
    clearInterval(renewal);
    const failure = failureOf(error);
    // Aborted or broken: the place is given up at once, so that it can be tried again without waiting for the lease.
    if (failure === null || signal.aborted) {
      await asWorker((tx) => saveTrainingStep(tx, trainingId, step, clock.now())).catch(() => undefined);
      throw error;
    }
    await asWorker(async (tx) => {
      await endTraining(tx, trainingId, clock.now(), { failure });
      await record(tx, { caller, action: "model.training_failed", subjectKind: "model", detail: { model: plan.modelId, ...failure } });
    });
    return null;
  } finally {
    clearInterval(renewal);
  }
}

type Made = Omit<Parameters<typeof insertVersion>[1], "modelId" | "trainedBy">;

async function make(
  { db, caller, clock, signal }: TrainingOrder,
  plan: ModelPlan,
  kind: LearnerKind,
  onStep: (step: string) => void,
): Promise<Made> {
  const asWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work, { role: "worker", statementTimeoutMs: 0 });
  const set = await plan.gather({ inTransaction: asWorker, clock, signal });
  const learner = plan.learnerOf(kind);
  const fitted = await fitInWorker({ set, learner }, signal, onStep);
  const extra = plan.measure?.(set, fitted.judged) ?? {};
  const { model, calibration, histograms, report } = withExtra(fitted, extra);
  const modelText = writeModel(model);
  return {
    ...{ learner: kind, seed: "seed" in model.options ? model.options.seed : 0, codeVersion: codeVersion() },
    ...{ report, calibration, histograms, modelText, checksum: versionChecksum({ modelText, calibration, report }) },
  };
}

async function keepVersion(tx: Tx, { caller, clock }: TrainingOrder, modelId: string, trainingId: string, made: Made): Promise<number> {
  const found = await findTraining(tx, trainingId);
  if (found?.state !== "running") throw new DomainError("in_progress", "the training was given to another process meanwhile");
  const version = await insertVersion(tx, { ...made, modelId, trainedBy: caller.userId });
  await endTraining(tx, trainingId, clock.now(), { version });
  const { data, measures } = made.report;
  await record(tx, {
    caller,
    action: "model.trained",
    subjectKind: "model",
    detail: {
      model: modelId,
      version,
      learner: made.learner,
      checksum: made.checksum,
      dataHash: data.hash,
      rows: data.rows,
      auc: measures.auc,
    },
  });
  await requestApproval(tx, caller, clock, approveVersionAct, {
    payload: { modelId, version, checksum: made.checksum },
    reason: `trained on ${data.rows} rows, AUC ${measures.auc.toFixed(3)}`,
  });
  return version;
}

/** What somebody can mend, as a word and its figures; null for what nobody foresaw. */
function failureOf(error: unknown): { reason: string; figures: Record<string, string | number> } | null {
  if (!(error instanceof DomainError) || error.code !== "invalid_input") return null;
  const { reason, ...rest } = { reason: "unfit", ...error.detail } as Record<string, unknown> & { reason: unknown };
  const figures = Object.entries(rest).filter((entry): entry is [string, string | number] =>
    ["string", "number"].includes(typeof entry[1]),
  );
  return { reason: String(reason), figures: { ...Object.fromEntries(figures), ...(reason === "unfit" ? { message: error.message } : {}) } };
}
