import type { Caller } from "../../../platform/caller/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { sendWhereServed } from "../../../platform/jobs/index.ts";
import { scoringJob } from "../scoring/scoring-job.ts";
import { type Deployment, deploy, findVersion } from "../store.ts";
import { isIntact } from "./seal-version.ts";

/**
 * Moves the pointer of champion or challenger. Who calls has everybody scored by what serves now. Needs model:train or model:approve.
 * Fails with not_allowed, not_found, invalid_state (not_approved, altered, never_served when going back, serves_already, invalid).
 */
export async function deployVersion(tx: Tx, caller: Caller, modelId: string, wanted: Deployment): Promise<void> {
  if (!caller.permissions.has("model:train") && !caller.permissions.has("model:approve"))
    throw new DomainError("not_allowed", "deploying needs model:train or model:approve", { detail: { permission: "model:train" } });
  if (wanted.version !== null) {
    const found = await findVersion(tx, modelId, wanted.version);
    if (found === null) throw new DomainError("not_found", `there is no version ${wanted.version} of ${modelId}`);
    if (!isIntact(found)) throw new DomainError("invalid_state", "the version was altered", { detail: { reason: "altered" } });
  }
  const outcome = await deploy(tx, modelId, wanted);
  if (outcome === "not_found") throw new DomainError("not_found", `there is no model ${modelId}`);
  if (outcome !== "done") throw new DomainError("invalid_state", `the version cannot serve: ${outcome}`, { detail: { reason: outcome } });
}

/** Has everybody scored soon, where workers run. Worker role. */
export async function orderScoring(tx: Tx, modelId: string): Promise<void> {
  await sendWhereServed(tx, scoringJob, { modelId }, { singletonKey: modelId });
}
