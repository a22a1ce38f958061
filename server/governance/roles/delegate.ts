import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { requireStepUp } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import type { Delegation } from "./contract.ts";
import { refuseConflicts } from "./grant-roles.ts";
import * as grants from "./grant-store.ts";
import { dayOf, delegationFault } from "./rules.ts";
import { findRole } from "./store.ts";

/** Of oneself; of others or of the whole bank with user:manage. Fails with not_allowed. */
export async function listDelegations(tx: Tx, caller: Caller, clock: Clock, userId?: string): Promise<{ delegations: Delegation[] }> {
  if (userId !== caller.userId) permit(caller, "user:manage");
  return { delegations: await grants.listDelegations(tx, userId ?? null, dayOf(clock.now())) };
}

export type DelegationRequest = Omit<grants.NewDelegation, "createdBy">;

/**
 * Lets somebody stand in with some of one's own roles (user:manage: with somebody else's). Fails with not_allowed, not_found, step_up_needed, invalid_state
 * with a reason: to oneself, days, a role that is not held or not passed on, duties kept apart.
 */
export async function delegate(tx: Tx, caller: Caller, clock: Clock, request: DelegationRequest): Promise<{ delegationId: string }> {
  if (request.fromUserId !== caller.userId) permit(caller, "user:manage");
  const roleIds = [...new Set(request.roleIds)].sort();
  const reason =
    request.toUserId === caller.userId || request.toUserId === request.fromUserId
      ? "oneself"
      : delegationFault(request, dayOf(clock.now()));
  if (reason !== null) throw new DomainError("invalid_state", "refused", { detail: { reason } });
  for (const userId of [request.fromUserId, request.toUserId])
    if (!(await grants.knows(tx, { userId }))) throw new DomainError("not_found", "no such person");
  for (const roleId of roleIds) {
    const role = await findRole(tx, roleId);
    if (role === null) throw new DomainError("not_found", "no such role");
    await refuseConflicts(tx, request.toUserId, role, request);
  }
  const { fromUserId, toUserId, validFrom, validUntil } = request;
  await requireStepUp(tx, caller, clock, {
    action: "deputy.named",
    subjectIds: [fromUserId, toUserId],
    payload: { roleIds, validFrom, validUntil },
  });
  const delegationId = await grants.insertDelegation(tx, { ...request, roleIds, createdBy: caller.userId });
  const detail = { delegationId, roleIds, validFrom, validUntil };
  await record(tx, { caller, action: "deputy.named", subjectKind: "user", subjectIds: [fromUserId, toUserId], detail });
  return { delegationId };
}

/** Fails with not_found (also: not one's to end), conflict is not told from it: either way there is nothing left to end under this version. */
export async function endDelegation(tx: Tx, caller: Caller, clock: Clock, delegationId: string, version: number): Promise<void> {
  const ended = await grants.revokeDelegation(tx, delegationId, version, { userId: caller.userId, now: clock.now() });
  if (ended === null) throw new DomainError("not_found", "no such deputy under this version, or not yours to end");
  const subjectIds = [ended.fromUserId, ended.toUserId];
  await record(tx, { caller, action: "deputy.ended", subjectKind: "user", subjectIds, detail: { delegationId } });
}
