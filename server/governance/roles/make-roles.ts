import type { Caller, UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { endSessionsBecause, requireStepUp } from "../access/index.ts";
import { record } from "../audit/index.ts";
import type { Permission } from "../permissions/contract.ts";
import { permit } from "../permissions/index.ts";
import type { Conflict, Role } from "./contract.ts";
import { isRuling } from "./rules.ts";
import * as store from "./store.ts";

/** Fails with not_allowed. */
export async function listRoles(tx: Tx, caller: Caller): Promise<{ roles: Role[]; conflicts: Conflict[] }> {
  permit(caller, "organisation:read");
  return { roles: await store.listRoles(tx), conflicts: await store.listConflicts(tx) };
}

export interface RoleRequest {
  readonly name: string;
  readonly note: string;
  readonly permissions: readonly Permission[];
}

/** Fails with not_allowed, invalid_state (its own permissions stand against one another), step_up_needed (a ruling role). */
export async function createRole(tx: Tx, caller: Caller, clock: Clock, request: RoleRequest): Promise<{ roleId: string }> {
  permit(caller, "role:manage");
  await refuseInnerConflict(tx, request.permissions);
  if (isRuling(request.permissions)) await requireStepUp(tx, caller, clock, { action: "role.created", subjectIds: [], payload: request });
  const roleId = `own-${newId()}`;
  const permissions = [...new Set(request.permissions)].sort();
  await store.insertRole(tx, { ...request, roleId, permissions });
  await record(tx, { caller, action: "role.created", subjectKind: "role", detail: { roleId, permissions } });
  return { roleId };
}

export interface RoleChangeRequest {
  readonly version: number;
  readonly name?: string | undefined;
  readonly note?: string | undefined;
  readonly permissions?: readonly Permission[] | undefined;
}

/** Holds at once for everybody who has the role. Fails with not_allowed, not_found, conflict, invalid_state (of the product; retired; conflict within), step_up_needed. */
export async function changeRole(tx: Tx, caller: Caller, clock: Clock, roleId: string, request: RoleChangeRequest): Promise<void> {
  permit(caller, "role:manage");
  const role = await ownRole(tx, roleId);
  const { version, ...change } = request;
  const permissions = change.permissions === undefined ? undefined : [...new Set(change.permissions)].sort();
  if (permissions !== undefined) {
    await refuseInnerConflict(tx, permissions, roleId);
    if (isRuling(permissions) || isRuling(role.permissions))
      await requireStepUp(tx, caller, clock, { action: "role.changed", subjectIds: [], payload: { roleId, ...request } });
  }
  const saved = await store.saveRole(tx, roleId, version, { ...change, permissions });
  if (!saved) throw new DomainError("conflict", "the role has another version by now");
  if (permissions !== undefined) await endSessionsOfHolders(tx, clock, roleId);
  await record(tx, {
    caller,
    action: "role.changed",
    subjectKind: "role",
    detail: { roleId, fields: Object.keys(change), before: role.permissions, permissions },
  });
}

/** For good: the id is never used again. Fails with not_allowed, not_found, conflict, invalid_state. */
export async function retireRole(tx: Tx, caller: Caller, clock: Clock, roleId: string, version: number): Promise<void> {
  permit(caller, "role:manage");
  await ownRole(tx, roleId);
  const saved = await store.saveRole(tx, roleId, version, { retiredAt: clock.now() });
  if (!saved) throw new DomainError("conflict", "the role has another version by now");
  await endSessionsOfHolders(tx, clock, roleId);
  await record(tx, { caller, action: "role.retired", subjectKind: "role", detail: { roleId } });
}

async function ownRole(tx: Tx, roleId: string): Promise<store.RoleRow> {
  const role = await store.findRole(tx, roleId);
  if (role === null || role.system) throw new DomainError("not_found", "no such role");
  if (role.builtIn)
    throw new DomainError("invalid_state", "a role of the product does not change", { detail: { reason: "built_in_role" } });
  if (role.retired) throw new DomainError("invalid_state", "the role is retired", { detail: { reason: "role_retired" } });
  return role;
}

async function refuseInnerConflict(tx: Tx, permissions: readonly Permission[], roleId?: string): Promise<void> {
  const [conflict] = await store.conflictsWithin(tx, roleId === undefined ? permissions : [...permissions, roleId]);
  if (conflict === undefined) return;
  const { dutyA, dutyB, reason: why } = conflict;
  throw new DomainError("invalid_state", "duties kept apart", { detail: { reason: "duties_conflict", dutyA, dutyB, why } });
}

async function endSessionsOfHolders(tx: Tx, clock: Clock, roleId: string): Promise<void> {
  for (const userId of await store.listHolders(tx, roleId)) await endSessionsBecause(tx, clock, userId as UserId);
}
