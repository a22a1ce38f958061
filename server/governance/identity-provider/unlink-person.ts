import type { Caller, UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { endSessionsBecause, requireStepUp } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import * as store from "./store.ts";

/**
 * Takes a link back that was made to the wrong account, or by somebody who should not have been let in: the subject of the provider is nobody here from
 * then on, sessions end, and the address counts as unconfirmed, so that nothing links it again by itself. What the link made void stays void: a new
 * invitation gives the person a way in. Fails with not_allowed, not_found (no link, or no such person), invalid_state (oneself), step_up_needed.
 */
export async function unlinkPerson(tx: Tx, caller: Caller, clock: Clock, userId: UserId): Promise<void> {
  permit(caller, "user:manage");
  if (userId === caller.userId)
    throw new DomainError("invalid_state", "one's own link is another's to take", { detail: { reason: "oneself" } });
  const issuers = await store.deleteLinks(tx, userId);
  if (issuers.length === 0) throw new DomainError("not_found", "no link of such a person");
  await requireStepUp(tx, caller, clock, { action: "user.provider_unlinked", subjectIds: [userId], payload: { issuers } });
  await store.unconfirmEmail(tx, userId);
  await endSessionsBecause(tx, clock, userId);
  await record(tx, { caller, action: "user.provider_unlinked", subjectKind: "user", subjectIds: [userId], detail: { issuers } });
}
