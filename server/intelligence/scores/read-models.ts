import { latestApprovals } from "../../governance/approvals/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { approveVersionAct, versionName } from "./registry/approve-version.ts";
import { summaryOf } from "./registry/summaries.ts";
import {
  findModel,
  findVersion,
  listDeployments,
  listModelRows,
  listTrainings,
  listVersions,
  type ModelRow,
  type VersionRow,
} from "./store.ts";
import { listWatches } from "./watching/watch-store.ts";

const WATCH_DAYS = 100;
const TRAININGS = 10;

/** Fails with not_allowed. */
export async function listModels(tx: Tx, caller: Caller) {
  permit(caller, "model:read");
  const models = [];
  for (const row of await listModelRows(tx)) models.push(await summary(tx, caller, row));
  return { models };
}

/** Fails with not_allowed, not_found. */
export async function readModel(tx: Tx, caller: Caller, modelId: string) {
  permit(caller, "model:read");
  const row = await findModel(tx, modelId);
  if (row === null) throw new DomainError("not_found", `there is no model ${modelId}`);
  const versions = await summaries(tx, caller, row, await listVersions(tx, modelId));
  const watches = [];
  for (const version of [row.championVersion, row.challengerVersion])
    if (version !== null) watches.push(...(await listWatches(tx, { modelId, version }, WATCH_DAYS)));
  return {
    model: await summary(tx, caller, row),
    versions,
    trainings: await listTrainings(tx, modelId, TRAININGS),
    deployments: await listDeployments(tx, modelId),
    watches,
  };
}

/** Fails with not_allowed, not_found. */
export async function readModelVersion(tx: Tx, caller: Caller, modelId: string, version: number) {
  permit(caller, "model:read");
  const [row, model] = [await findVersion(tx, modelId, version), await findModel(tx, modelId)];
  if (row === null || model === null) throw new DomainError("not_found", `there is no version ${version} of ${modelId}`);
  const { seed, codeVersion, report } = row;
  const [only] = await summaries(tx, caller, model, [row]);
  if (only === undefined) throw new DomainError("not_found", `there is no version ${version} of ${modelId}`);
  return { summary: only, seed, codeVersion, report };
}

async function summaries(tx: Tx, caller: Caller, model: ModelRow, rows: readonly VersionRow[]) {
  const nameOf = ({ modelId, version }: VersionRow) => versionName(modelId, version);
  const approvals = await latestApprovals(tx, approveVersionAct.action, rows.map(nameOf));
  return rows.map((row) => summaryOf(row, model, caller, approvals.get(nameOf(row)) ?? null));
}

async function summary(tx: Tx, caller: Caller, row: ModelRow) {
  const { modelId, championVersion, challengerVersion, learners, championLearners } = row;
  const versions = await summaries(tx, caller, row, await listVersions(tx, modelId));
  const named = (version: number | null) => versions.find((one) => one.version === version) ?? null;
  const [watch] = championVersion === null ? [] : await listWatches(tx, { modelId, version: championVersion }, 1);
  const [training] = await listTrainings(tx, modelId, 1);
  return {
    ...{ modelId, learners: [...learners], championLearners: [...championLearners] },
    champion: named(championVersion),
    challenger: named(challengerVersion),
    versions: versions.length,
    waiting: versions.filter(({ state }) => state === "trained").length,
    watch: watch ?? null,
    training: training ?? null,
  };
}
