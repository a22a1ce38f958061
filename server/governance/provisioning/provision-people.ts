import type { Caller, UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { RequestInfo } from "../../platform/http/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { endSessionsBecause } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { ENTERPRISE_SCHEMA, LIST_SCHEMA, type Operation, PAGE_MAX, type ScimUser, USER_SCHEMA, type UserIn } from "./contract.ts";
import { scimError, versionConflict } from "./dialect.ts";
import { parseFilter } from "./filter.ts";
import { draftOf, type PersonDraft, patchPerson } from "./patch.ts";
import * as store from "./store.ts";

/** Who asks, by what, and where answers say they are. */
export interface Provisioning {
  readonly tx: Tx;
  readonly caller: Caller;
  readonly clock: Clock;
  readonly publicUrl: URL;
  readonly request: RequestInfo;
}

export interface PageQuery {
  readonly filter?: string | undefined;
  readonly startIndex: number;
  readonly count: number;
  readonly excludedAttributes?: string | undefined;
}

/** Only a directory's key; its owner's rights stand behind it in the database. */
export function permitScim(caller: Caller): void {
  if (!caller.keyId || !caller.permissions.has("scim"))
    throw new DomainError("not_allowed", "provisioning needs a key with the scope scim");
}

/** 1-based, as RFC 7644 has it; less than 1 counts as 1, less than 0 rows as none. */
export function pageOf({ startIndex, count }: PageQuery): { startIndex: number; offset: number; rows: number } {
  const start = Math.max(1, startIndex);
  return { startIndex: start, offset: start - 1, rows: Math.min(PAGE_MAX, Math.max(0, count)) };
}

/** Fails with conflict (412) when the caller names another version than there is. */
export function matchVersion({ ifMatch }: RequestInfo, version: number): void {
  if (ifMatch === undefined || ifMatch.trim() === "*") return;
  if (!ifMatch.split(",").some((tag) => tag.trim() === etag(version))) throw versionConflict();
}

export const etag = (version: number): string => `W/"${version}"`;

function shown({ publicUrl }: Provisioning, row: store.PersonRow): ScimUser {
  const { id, externalId, userName, displayName, email, active, groups, department, version } = row;
  return {
    schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
    id,
    ...(externalId === null ? {} : { externalId }),
    ...{ userName, displayName, name: { formatted: displayName }, active, groups: [...groups] },
    emails: email === null ? [] : [{ value: email, type: "work", primary: true }],
    [ENTERPRISE_SCHEMA]: { department },
    meta: { resourceType: "User", location: `${publicUrl.origin}/scim/v2/Users/${id}`, version: etag(version) },
  };
}

export async function listUsers(world: Provisioning, query: PageQuery) {
  permitScim(world.caller);
  const conditions = parseFilter(query.filter, store.personAttributes);
  const { startIndex, ...page } = pageOf(query);
  const rows = page.rows === 0 ? [] : await store.listPeople(world.tx, conditions, page);
  const totalResults = await store.countPeople(world.tx, conditions);
  return { schemas: [LIST_SCHEMA], totalResults, startIndex, itemsPerPage: rows.length, Resources: rows.map((row) => shown(world, row)) };
}

/** Fails with not_allowed, not_found. */
export async function readUser(world: Provisioning, userId: string): Promise<ScimUser> {
  permitScim(world.caller);
  return shown(world, await find(world.tx, userId));
}

async function find(tx: Tx, userId: string): Promise<store.PersonRow> {
  const row = await store.lockPerson(tx, userId);
  if (row === null) throw new DomainError("not_found", "no such person");
  return row;
}

/** A colleague without roles and without a password: they come by the identity provider. Fails with not_allowed, conflict, invalid_input (no such unit). */
export async function createUser(world: Provisioning, sent: UserIn): Promise<ScimUser> {
  const { tx, caller } = world;
  permitScim(caller);
  const draft = draftOf(sent, { department: "" });
  const userId = await store.insertPerson(tx, newId(), draft, await unitOf(tx, draft));
  await store.saveProvisioned(tx, userId, draft.externalId, null);
  await record(tx, { caller, action: "user.created", subjectKind: "user", subjectIds: [userId], detail: { by: "scim" } });
  return shown(world, await find(tx, userId));
}

async function unitOf(tx: Tx, { department }: PersonDraft): Promise<string> {
  const unitId = await store.unitByCode(tx, department);
  if (unitId === null) throw scimError("invalid_input", "invalidValue", "No open unit has the code given as department.");
  return unitId;
}

/** Fails with not_allowed, not_found, conflict (version, names), invalid_input, invalid_state (the owner of the key). */
export async function replaceUser(world: Provisioning, userId: string, sent: UserIn): Promise<ScimUser> {
  return change(world, userId, (before) => draftOf(sent, before));
}

/** As replaceUser. */
export async function patchUser(world: Provisioning, userId: string, operations: readonly Operation[]): Promise<ScimUser> {
  return change(world, userId, (before) => patchPerson(before, operations));
}

async function change(world: Provisioning, userId: string, next: (before: PersonDraft) => PersonDraft): Promise<ScimUser> {
  const { tx, caller, request } = world;
  permitScim(caller);
  const before = await find(tx, userId);
  matchVersion(request, before.version);
  const draft = next(before);
  const fields = (["userName", "externalId", "displayName", "email", "active", "department"] as const).filter(
    (name) => draft[name] !== before[name],
  );
  if (fields.length === 0) return shown(world, before);
  refuseOwner(caller, userId);
  await store.savePerson(tx, userId, draft, await unitOf(tx, draft));
  await store.saveProvisioned(tx, userId, draft.externalId, null);
  if (before.active && !draft.active) await close(world, userId);
  const action = before.active === draft.active ? "user.changed" : draft.active ? "user.opened" : "user.closed";
  await record(tx, { caller, action, subjectKind: "user", subjectIds: [userId], detail: { by: "scim", fields } });
  return shown(world, await find(tx, userId));
}

/** Sessions and live streams end with the commit; keys and links of a closed account are worthless by that. */
async function close({ tx, clock }: Provisioning, userId: string): Promise<void> {
  await endSessionsBecause(tx, clock, userId as UserId);
}

function refuseOwner(caller: Caller, userId: string): void {
  if (userId === caller.userId) throw scimError("invalid_state", "mutability", "The owner of the key is administered by somebody else.");
}

/** For the directory the person is gone; here the account is closed, out of its groups, with its whole history. Fails as replaceUser. */
export async function removeUser(world: Provisioning, userId: string): Promise<void> {
  const { tx, caller, clock, request } = world;
  permitScim(caller);
  const before = await find(tx, userId);
  matchVersion(request, before.version);
  refuseOwner(caller, userId);
  await store.leaveAllGroups(tx, userId);
  await store.settleGrants(tx, [userId]);
  await store.savePerson(tx, userId, { ...before, active: false }, await unitOf(tx, before));
  await store.saveProvisioned(tx, userId, null, clock.now());
  await close(world, userId);
  await record(tx, { caller, action: "user.closed", subjectKind: "user", subjectIds: [userId], detail: { by: "scim", removed: true } });
}
