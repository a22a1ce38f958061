import { sql, type Tx } from "../../platform/db/index.ts";
import type { Calibration, Histogram } from "../learning/index.ts";
import { type LearnerKind, type ModelTraining, VERSIONS_MAX } from "./contract.ts";
import type { FitReport } from "./fitting/fit-report.ts";

export interface ModelRow {
  readonly modelId: string;
  readonly championVersion: number | null;
  readonly challengerVersion: number | null;
  /** What may be trained, and what may serve as champion. */
  readonly learners: readonly LearnerKind[];
  readonly championLearners: readonly LearnerKind[];
}

export interface VersionRow {
  readonly modelId: string;
  readonly version: number;
  readonly learner: "trees" | "scorecard";
  readonly seed: number;
  readonly codeVersion: string;
  readonly report: FitReport;
  readonly calibration: Calibration;
  readonly histograms: readonly Histogram[];
  readonly modelText: string;
  readonly checksum: string;
  readonly trainedBy: string;
  readonly trainedByName: string;
  readonly trainedAt: Date;
  readonly state: "trained" | "approved" | "retired";
}

export async function listModelRows(tx: Tx): Promise<ModelRow[]> {
  const { rows } = await sql<ModelRow>`
    select model_id as "modelId", champion_version as "championVersion", challenger_version as "challengerVersion",
      learners, champion_learners as "championLearners"
    from intelligence.model order by model_id limit 50`.execute(tx);
  return rows;
}

export async function findModel(tx: Tx, modelId: string): Promise<ModelRow | null> {
  return (await listModelRows(tx)).find((row) => row.modelId === modelId) ?? null;
}

const version =
  sql.raw(`v.model_id as "modelId", v.version, v.learner, v.seed, v.code_version as "codeVersion", v.report, v.calibration, v.histograms,
  v.model_text as "modelText", v.checksum, v.trained_by as "trainedBy", coalesce(t.display_name, '') as "trainedByName", v.trained_at as "trainedAt",
  v.state
  from intelligence.model_version v left join governance.app_user t on t.user_id = v.trained_by`);

export async function findVersion(tx: Tx, modelId: string, number: number): Promise<VersionRow | null> {
  const { rows } = await sql<VersionRow>`select ${version} where v.model_id = ${modelId} and v.version = ${number}`.execute(tx);
  return rows[0] ?? null;
}

/** The newest first. */
export async function listVersions(tx: Tx, modelId: string): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select ${version} where v.model_id = ${modelId} order by v.version desc limit ${VERSIONS_MAX}`.execute(tx);
  return rows;
}

export type NewVersion = Pick<
  VersionRow,
  "modelId" | "learner" | "seed" | "codeVersion" | "report" | "calibration" | "histograms" | "modelText" | "checksum" | "trainedBy"
>;

/** On the worker. Answers its number. */
export async function insertVersion(tx: Tx, given: NewVersion): Promise<number> {
  // Two trainings of one model do not run at once, so numbers do not collide; the key refuses if they did.
  const { rows } = await sql<{ version: number }>`
    insert into intelligence.model_version (model_id, version, learner, seed, code_version, report, calibration, histograms, model_text, checksum, trained_by)
    select ${given.modelId}, coalesce((select max(version) from intelligence.model_version where model_id = ${given.modelId}), 0) + 1, ${given.learner}, ${given.seed},
      ${given.codeVersion}, ${JSON.stringify(given.report)}::jsonb, ${JSON.stringify(given.calibration)}::jsonb, ${JSON.stringify(given.histograms)}::jsonb,
      ${given.modelText}, ${given.checksum}, ${given.trainedBy}
    returning version`.execute(tx);
  return rows[0]?.version ?? 0;
}

export type Outcome =
  | "done"
  | "not_found"
  | "own"
  | "decided"
  | "changed"
  | "invalid"
  | "not_approved"
  | "never_served"
  | "serves_already"
  | "wrong_learner";

/** Only in the transaction that completed the approval of exactly this. */
export async function approve(tx: Tx, modelId: string, number: number, checksum: string): Promise<Outcome> {
  const { rows } = await sql<{ outcome: Outcome }>`
    select intelligence.approve_version(${modelId}, ${number}, ${checksum}) as outcome`.execute(tx);
  return rows[0]?.outcome ?? "not_found";
}

export interface Deployment {
  readonly place: "champion" | "challenger";
  readonly version: number | null;
  readonly reason: string;
  readonly rollBack: boolean;
}

export async function deploy(tx: Tx, modelId: string, { place, version: number, reason, rollBack }: Deployment): Promise<Outcome> {
  const { rows } = await sql<{ outcome: Outcome }>`
    select intelligence.deploy_version(${modelId}, ${place}, ${number}, ${reason}, ${rollBack}) as outcome`.execute(tx);
  return rows[0]?.outcome ?? "not_found";
}

export interface DeploymentRow {
  readonly place: "champion" | "challenger";
  readonly version: number | null;
  readonly reason: string;
  readonly deployedByName: string;
  readonly deployedAt: Date;
  readonly isRollback: boolean;
}

export async function listDeployments(tx: Tx, modelId: string): Promise<DeploymentRow[]> {
  const { rows } = await sql<DeploymentRow>`
    select d.place, d.version, d.reason, coalesce(u.display_name, '') as "deployedByName", d.deployed_at as "deployedAt", d.is_rollback as "isRollback"
    from intelligence.model_deployment d left join governance.app_user u on u.user_id = d.deployed_by
    where d.model_id = ${modelId} order by d.deployment_id desc limit 50`.execute(tx);
  return rows;
}

const training = sql.raw(`t.training_id as "trainingId", t.learner, t.state, t.step, t.ordered_at as "orderedAt",
  coalesce(u.display_name, '') as "orderedByName", t.ended_at as "endedAt", t.version, t.failure
  from intelligence.model_training t left join governance.app_user u on u.user_id = t.ordered_by`);

export type TrainingRow = Omit<ModelTraining, "orderedAt" | "endedAt"> & { readonly orderedAt: Date; readonly endedAt: Date | null };

/** The newest first. */
export async function listTrainings(tx: Tx, modelId: string, most: number): Promise<TrainingRow[]> {
  const { rows } = await sql<TrainingRow>`
    select ${training} where t.model_id = ${modelId} order by t.training_id desc limit ${most}`.execute(tx);
  return rows;
}

/** Null: another of the model waits or runs. One that was killed gives its place up. */
export async function insertTraining(tx: Tx, modelId: string, learner: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`select intelligence.order_training(${modelId}, ${learner}) as id`.execute(tx);
  return rows[0]?.id ?? null;
}

export async function findTraining(
  tx: Tx,
  trainingId: string,
): Promise<{ modelId: string; learner: "trees" | "scorecard"; state: ModelTraining["state"]; leasedUntil: Date | null } | null> {
  const { rows } = await sql<{ modelId: string; learner: "trees" | "scorecard"; state: ModelTraining["state"]; leasedUntil: Date | null }>`
    select model_id as "modelId", learner, state, leased_until as "leasedUntil" from intelligence.model_training where training_id = ${trainingId} for update`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** On the worker. */
export async function saveTrainingStep(tx: Tx, trainingId: string, step: string, leasedUntil: Date): Promise<void> {
  await sql`update intelligence.model_training set state = 'running', step = ${step}, leased_until = ${leasedUntil}
    where training_id = ${trainingId} and state in ('waiting', 'running')`.execute(tx);
}

/** On the worker. */
export async function endTraining(
  tx: Tx,
  trainingId: string,
  now: Date,
  end: { version: number } | { failure: ModelTraining["failure"] },
): Promise<void> {
  const [number, failure] = "version" in end ? [end.version, null] : [null, JSON.stringify(end.failure)];
  await sql`update intelligence.model_training set state = ${number === null ? "failed" : "done"}, ended_at = ${now}, leased_until = ${now},
    version = ${number}, failure = ${failure}::jsonb where training_id = ${trainingId}`.execute(tx);
}
