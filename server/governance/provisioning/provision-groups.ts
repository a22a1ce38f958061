import type { UserId } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { endSessionsBecause } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { GROUP_SCHEMA, type GroupIn, LIST_SCHEMA, type Operation, type ScimGroup } from "./contract.ts";
import { parseFilter } from "./filter.ts";
import { patchGroup } from "./patch.ts";
import { etag, matchVersion, type PageQuery, type Provisioning, pageOf, permitScim } from "./provision-people.ts";
import * as store from "./store.ts";

function shown({ publicUrl }: Provisioning, { id, name, externalId, members, version }: store.GroupRow, excluded = ""): ScimGroup {
  return {
    schemas: [GROUP_SCHEMA],
    id,
    ...(externalId === null ? {} : { externalId }),
    displayName: name,
    ...(/(^|,)\s*members\s*(,|$)/i.test(excluded) ? {} : { members: [...members] }),
    meta: { resourceType: "Group", location: `${publicUrl.origin}/scim/v2/Groups/${id}`, version: etag(version) },
  };
}

export async function listGroups(world: Provisioning, query: PageQuery) {
  permitScim(world.caller);
  const conditions = parseFilter(query.filter, store.groupAttributes);
  const { startIndex, ...page } = pageOf(query);
  const rows = page.rows === 0 ? [] : await store.listGroups(world.tx, conditions, page);
  const totalResults = await store.countGroups(world.tx, conditions);
  const Resources = rows.map((row) => shown(world, row, query.excludedAttributes));
  return { schemas: [LIST_SCHEMA], totalResults, startIndex, itemsPerPage: rows.length, Resources };
}

/** Fails with not_allowed, not_found. */
export async function readGroup(world: Provisioning, groupId: string, excluded?: string): Promise<ScimGroup> {
  permitScim(world.caller);
  return shown(world, await find(world.tx, groupId), excluded);
}

async function find(tx: Tx, groupId: string): Promise<store.GroupRow> {
  const row = await store.lockGroup(tx, groupId);
  if (row === null) throw new DomainError("not_found", "no such group");
  return row;
}

/** Fails with not_allowed, conflict (the name), invalid_state (duties kept apart, the owner of the key). */
export async function createGroup(world: Provisioning, sent: GroupIn): Promise<ScimGroup> {
  const { tx, caller } = world;
  permitScim(caller);
  const groupId = newId();
  await store.insertGroup(tx, { groupId, name: sent.displayName, externalId: sent.externalId ?? null });
  const members = (sent.members ?? []).map(({ value }) => value);
  await settle(world, await store.saveMembers(tx, groupId, { add: members, remove: [] }));
  await record(tx, { caller, action: "group.created", subjectKind: "group", subjectIds: [groupId], detail: { members: members.length } });
  return shown(world, await find(tx, groupId));
}

/** As createGroup, and conflict when it has another version by now. */
export async function replaceGroup(world: Provisioning, groupId: string, sent: GroupIn): Promise<ScimGroup> {
  const members = (sent.members ?? []).map(({ value }) => value.toLowerCase());
  return change(world, groupId, () => ({
    ...{ name: sent.displayName, externalId: sent.externalId ?? null },
    ...{ add: new Set(members), remove: new Set<string>(), replacesMembers: true },
  }));
}

/** As replaceGroup. */
export async function patchScimGroup(world: Provisioning, groupId: string, operations: readonly Operation[]): Promise<ScimGroup> {
  return change(world, groupId, (before) => patchGroup(before, operations));
}

async function change(
  world: Provisioning,
  groupId: string,
  next: (before: store.GroupRow) => ReturnType<typeof patchGroup>,
): Promise<ScimGroup> {
  const { tx, caller, request } = world;
  permitScim(caller);
  const before = await find(tx, groupId);
  matchVersion(request, before.version);
  const { name, externalId, add, remove, replacesMembers } = next(before);
  const now = before.members.map(({ value }) => value);
  const leaving = replacesMembers ? now.filter((id) => !add.has(id)) : [...remove];
  await store.saveGroup(tx, groupId, name, externalId);
  const changed = await store.saveMembers(tx, groupId, { add: [...add], remove: leaving });
  // Another name may carry other roles, for everybody in it.
  await settle(world, name === before.name ? changed : [...new Set([...now, ...changed])]);
  await record(tx, {
    caller,
    action: "group.changed",
    subjectKind: "group",
    subjectIds: [groupId],
    detail: { members: changed.length, renamed: name !== before.name },
  });
  return shown(world, await find(tx, groupId));
}

/** Fails with not_allowed, not_found, conflict. */
export async function removeGroup(world: Provisioning, groupId: string): Promise<void> {
  const { tx, caller, request } = world;
  permitScim(caller);
  const before = await find(tx, groupId);
  matchVersion(request, before.version);
  await store.deleteGroup(tx, groupId);
  const members = before.members.map(({ value }) => value);
  await settle(world, members);
  await record(tx, { caller, action: "group.removed", subjectKind: "group", subjectIds: [groupId], detail: { members: members.length } });
}

/** Whose roles changed begins anew: nothing that was open goes on under old rights. */
export async function settle(
  { tx, caller, clock }: Pick<Provisioning, "tx" | "caller" | "clock">,
  userIds: readonly string[],
): Promise<void> {
  const changed = userIds.length === 0 ? [] : await store.settleGrants(tx, userIds);
  for (const userId of changed) await endSessionsBecause(tx, clock, userId as UserId);
  if (changed.length > 0) await record(tx, { caller, action: "user.groups_followed", subjectKind: "user", subjectIds: changed });
}
