import { actsOf, decideProven, latestApprovals } from "../../../governance/approvals/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { findVersion } from "../store.ts";
import { approveVersionAct, versionName } from "./approve-version.ts";
import { isIntact } from "./seal-version.ts";

/**
 * Approves or refuses a version by the request that waits for it, as looked at by its checksum: for the command line and the demo bank, which know who is
 * there; on the screen people decide among all that waits. Fails with not_allowed, not_found, invalid_state (own; decided; changed: another checksum;
 * altered).
 */
export async function decideVersion(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  { modelId, version }: { modelId: string; version: number },
  { checksum, ...decision }: { approve: boolean; checksum: string; note: string },
): Promise<void> {
  permit(caller, "model:approve");
  const found = await findVersion(tx, modelId, version);
  if (found === null) throw new DomainError("not_found", `there is no version ${version} of ${modelId}`);
  const waiting = (await latestApprovals(tx, approveVersionAct.action, [versionName(modelId, version)])).get(versionName(modelId, version));
  const reason = !isIntact(found) ? "altered" : found.checksum !== checksum ? "changed" : waiting?.state !== "waiting" ? "decided" : null;
  if (reason !== null || waiting === undefined)
    throw new DomainError("invalid_state", `the version cannot be decided: ${reason}`, { detail: { reason } });
  await decideProven(tx, caller, clock, actsOf([approveVersionAct]), { requestId: waiting.requestId, ...decision });
}
