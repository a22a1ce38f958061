import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { decide, findVersion } from "../store.ts";
import { isIntact } from "./seal-version.ts";

/**
 * Approves or refuses a version, as looked at by its checksum. Whoever trained it is told. Fails with not_allowed, not_found, invalid_state (own; decided;
 * changed: another checksum; altered: what is kept no longer fits its checksum).
 */
export async function decideVersion(
  tx: Tx,
  caller: Caller,
  { modelId, version }: { modelId: string; version: number },
  decision: { approve: boolean; checksum: string; note: string },
): Promise<void> {
  permit(caller, "model:approve");
  const found = await findVersion(tx, modelId, version);
  if (found === null) throw new DomainError("not_found", `there is no version ${version} of ${modelId}`);
  const outcome = isIntact(found) ? await decide(tx, modelId, version, decision) : "altered";
  if (outcome !== "done")
    throw new DomainError("invalid_state", `the version cannot be decided: ${outcome}`, { detail: { reason: outcome } });
}
