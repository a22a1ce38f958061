import { z } from "zod";
import { defineAct, type Outcome, requestApproval } from "../../../governance/approvals/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { publish } from "../../../platform/events/index.ts";
import { type Deployment, deploy, findModel, findVersion } from "../store.ts";
import { figuresAgainstChampion, versionName } from "./approve-version.ts";
import { isIntact } from "./seal-version.ts";
import { versionDeployed } from "./version-deployed.ts";

/** Which version serves. Done at once, unless the bank wants somebody else's approval. */
export const deployVersionAct = defineAct({
  action: "model.deployed",
  permission: "model:read",
  payload: z.strictObject({
    modelId: z.string(),
    place: z.enum(["champion", "challenger"]),
    version: z.int().nullable(),
    reason: z.string(),
    rollBack: z.boolean(),
  }),
  async describe(tx, _viewer, { modelId, place, version }) {
    const model = await findModel(tx, modelId);
    if (model === null) throw new DomainError("not_found", `there is no model ${modelId}`);
    if (version !== null) await requireIntact(tx, modelId, version);
    const served = { label: "models:act.place", before: null, after: `models:deployments.${place}`, as: "words" as const };
    const challenger = String(model.challengerVersion ?? "–");
    const now = { label: "models:deployments.challenger", before: challenger, after: String(version ?? "–"), as: "text" as const };
    const lines = place === "challenger" ? [now] : [];
    return {
      about: `${versionName(modelId, version ?? 0)} ${place}`,
      ...{ subjectKind: "model", subjects: [], unitId: null },
      difference: [served, ...lines, ...(version === null ? [] : await figuresAgainstChampion(tx, modelId, version))],
    };
  },
  async execute(tx, maker, { modelId, ...wanted }) {
    requireDuty(maker);
    if (wanted.version !== null) await requireIntact(tx, modelId, wanted.version);
    const outcome = await deploy(tx, modelId, wanted);
    if (outcome === "not_found") throw new DomainError("not_found", `there is no model ${modelId}`);
    if (outcome !== "done") throw new DomainError("invalid_state", `the version cannot serve: ${outcome}`, { detail: { reason: outcome } });
    await publish(tx, versionDeployed, { key: modelId, payload: { modelId } });
  },
});

/**
 * Moves the pointer of champion or challenger, or asks for it, as the bank's policy says. Everybody is scored by what serves then. Needs model:train or
 * model:approve. Fails with not_allowed, not_found, invalid_state (not_approved, altered, wrong_learner, never_served when going back, serves_already,
 * invalid), conflict (asked for already).
 */
export async function deployVersion(tx: Tx, caller: Caller, clock: Clock, modelId: string, wanted: Deployment): Promise<Outcome> {
  requireDuty(caller);
  return requestApproval(tx, caller, clock, deployVersionAct, { payload: { modelId, ...wanted }, reason: wanted.reason });
}

function requireDuty(caller: Caller): void {
  if (!caller.permissions.has("model:train") && !caller.permissions.has("model:approve"))
    throw new DomainError("not_allowed", "deploying needs model:train or model:approve", { detail: { permission: "model:train" } });
}

async function requireIntact(tx: Tx, modelId: string, version: number): Promise<void> {
  const found = await findVersion(tx, modelId, version);
  if (found === null) throw new DomainError("not_found", `there is no version ${version} of ${modelId}`);
  if (!isIntact(found)) throw new DomainError("invalid_state", "the version was altered", { detail: { reason: "altered" } });
}
