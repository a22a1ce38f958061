import type { Caller, UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { endSessionsBecause, requireStepUp } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import * as grants from "./grant-store.ts";
import { dayOf, grantFault, isRuling } from "./rules.ts";
import { findRole, type RoleRow } from "./store.ts";

type Granting = grants.GrantKey & grants.Days;

/**
 * Gives a person a role at a unit. Fails with not_allowed, not_found (person, role or unit), conflict (held there already), invalid_state with a reason
 * (to oneself, days, retired, duties kept apart), step_up_needed (a ruling role).
 */
export async function grantRole(tx: Tx, caller: Caller, clock: Clock, request: Granting): Promise<void> {
  const role = await prepare(tx, caller, clock, request);
  if (isRuling(role.permissions)) await requireStepUp(tx, caller, clock, actOf("role.granted", request));
  if (!(await grants.insertGrant(tx, request, request, caller.userId)))
    throw new DomainError("conflict", "the person holds it there already");
  await finish(tx, caller, clock, "role.granted", request);
}

/** Changes the days of a grant. Fails as grantRole, and with conflict when it has another version by now. */
export async function changeGrant(tx: Tx, caller: Caller, clock: Clock, request: Granting & { version: number }): Promise<void> {
  const role = await prepare(tx, caller, clock, request);
  if (isRuling(role.permissions)) await requireStepUp(tx, caller, clock, actOf("role.grant_changed", request));
  if (!(await grants.saveGrant(tx, request, request.version, request, caller.userId))) throw await missing(tx, request);
  await finish(tx, caller, clock, "role.grant_changed", request);
}

/** Takes a role at once. Fails with not_allowed, not_found, conflict, invalid_state (from oneself). */
export async function takeRole(tx: Tx, caller: Caller, clock: Clock, request: grants.GrantKey & { version: number }): Promise<void> {
  permit(caller, "user:manage");
  refuseOneself(caller, request.userId);
  if (!(await grants.deleteGrant(tx, request, request.version))) throw await missing(tx, request);
  await finish(tx, caller, clock, "role.taken", request);
}

async function prepare(tx: Tx, caller: Caller, clock: Clock, request: Granting): Promise<RoleRow> {
  permit(caller, "user:manage");
  refuseOneself(caller, request.userId);
  const role = await findRole(tx, request.roleId);
  if (role === null || role.system || !(await grants.knows(tx, request)))
    throw new DomainError("not_found", "no such person, role or unit");
  const reason = role.retired ? "role_retired" : grantFault(request, dayOf(clock.now()));
  if (reason !== null) throw new DomainError("invalid_state", "refused", { detail: { reason } });
  await refuseConflicts(tx, request.userId, role, request);
  return role;
}

/** The trigger refuses it too; here it is said which duties, and why. */
export async function refuseConflicts(tx: Tx, userId: string, role: RoleRow, days: grants.Days): Promise<void> {
  const [found] = await grants.conflictsOf(tx, userId, role.duties, days);
  if (found === undefined) return;
  const { dutyA, dutyB, reason: why, heldRoleId } = found;
  throw new DomainError("invalid_state", "duties kept apart", { detail: { reason: "duties_conflict", dutyA, dutyB, why, heldRoleId } });
}

function refuseOneself(caller: Caller, userId: string): void {
  if (userId === caller.userId)
    throw new DomainError("invalid_state", "one's own roles are another's to change", { detail: { reason: "oneself" } });
}

const actOf = (action: string, { userId, ...payload }: Granting) => ({ action, subjectIds: [userId], payload });

async function missing(tx: Tx, key: grants.GrantKey): Promise<DomainError> {
  return (await grants.grantExists(tx, key))
    ? new DomainError("conflict", "the grant has another version by now")
    : new DomainError("not_found", "no such grant");
}

/** A role gained or lost begins with a new session: nothing that was open goes on under old rights. */
async function finish(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  action: string,
  request: grants.GrantKey & Partial<grants.Days>,
): Promise<void> {
  const { userId, roleId, unitId, validFrom, validUntil } = request;
  await endSessionsBecause(tx, clock, userId as UserId);
  await record(tx, { caller, action, subjectKind: "user", subjectIds: [userId], detail: { roleId, unitId, validFrom, validUntil } });
}
