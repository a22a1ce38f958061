import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { requireStepUp } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import { settle } from "./provision-groups.ts";
import * as store from "./store.ts";

/** Fails with not_allowed. */
export async function listGroupRoles(tx: Tx, caller: Caller) {
  permit(caller, "user:manage");
  return { groupRoles: await store.listGroupRoles(tx) };
}

/** The members get the role at once. Fails with not_allowed, not_found, conflict (it carries it already), invalid_state (a role that rules; duties kept apart), step_up_needed. */
export async function setGroupRole(tx: Tx, caller: Caller, clock: Clock, key: store.GroupRoleKey): Promise<void> {
  permit(caller, "user:manage");
  await requireStepUp(tx, caller, clock, { action: "group_role.set", subjectIds: [], payload: { ...key } });
  const done = await store.insertGroupRole(tx, key, caller.userId);
  if (done === "missing") throw new DomainError("not_found", "no such role or open unit");
  if (done === "there") throw new DomainError("conflict", "the group carries the role there already");
  if (done === "ruling") throw new DomainError("invalid_state", "this role is not for groups", { detail: { reason: "ruling_role" } });
  await record(tx, { caller, action: "group_role.set", subjectKind: "group", detail: { ...key } });
  await settle({ tx, caller, clock }, await others(tx, caller, key));
}

/** The members lose the role at once. Fails with not_allowed, not_found, step_up_needed. */
export async function removeGroupRole(tx: Tx, caller: Caller, clock: Clock, key: store.GroupRoleKey): Promise<void> {
  permit(caller, "user:manage");
  await requireStepUp(tx, caller, clock, { action: "group_role.removed", subjectIds: [], payload: { ...key } });
  if (!(await store.deleteGroupRole(tx, key))) throw new DomainError("not_found", "the group does not carry this role there");
  await record(tx, { caller, action: "group_role.removed", subjectKind: "group", detail: { ...key } });
  await settle({ tx, caller, clock }, await others(tx, caller, key));
}

/** Nobody's own grants follow from what they set: the caller's follow when they sign in next, or when another changes something. */
async function others(tx: Tx, caller: Caller, { groupName }: store.GroupRoleKey): Promise<string[]> {
  return (await store.membersOf(tx, groupName)).filter((id) => id !== caller.userId);
}
