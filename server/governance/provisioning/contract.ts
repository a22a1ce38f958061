import { z } from "zod";
import { endpoint } from "../../platform/http/contract.ts";

const scim = { tag: "scim", access: "scim", from: "key", mediaType: "application/scim+json" } as const;

export const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const ENTERPRISE_SCHEMA = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const LIST_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
export const ERROR_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";
export const PAGE_MAX = 200;
export const MEMBERS_MAX = 5_000;
const OPERATIONS_MAX = 100;
const VALUES_MAX = 1_000;

const Meta = z.object({ resourceType: z.string(), location: z.string(), version: z.string() });
const schemas = z.array(z.string()).max(20);
const ExternalId = z.string().min(1).max(255);

/** What a directory may send beyond this (titles, phones) is not kept: RFC 7643 lets a service ignore what it does not know. */
const UserIn = z.looseObject({
  schemas: schemas.optional(),
  userName: z.string().trim().min(2).max(100),
  externalId: ExternalId.nullish(),
  displayName: z.string().trim().max(120).nullish(),
  name: z
    .looseObject({
      formatted: z.string().max(240).nullish(),
      givenName: z.string().max(120).nullish(),
      familyName: z.string().max(120).nullish(),
    })
    .nullish(),
  emails: z
    .array(z.looseObject({ value: z.string().max(200).nullish(), type: z.string().max(50).nullish(), primary: z.boolean().nullish() }))
    .max(20)
    .nullish(),
  active: z.boolean().nullish(),
  [ENTERPRISE_SCHEMA]: z.looseObject({ department: z.string().max(60).nullish() }).nullish(),
});
export type UserIn = z.output<typeof UserIn>;

export const ScimUser = z.object({
  schemas,
  id: z.uuid(),
  externalId: z.string().optional(),
  userName: z.string(),
  displayName: z.string(),
  name: z.object({ formatted: z.string() }),
  emails: z.array(z.object({ value: z.string(), type: z.literal("work"), primary: z.literal(true) })).max(1),
  active: z.boolean(),
  groups: z.array(z.object({ value: z.uuid(), display: z.string() })).max(500),
  [ENTERPRISE_SCHEMA]: z.object({ department: z.string() }),
  meta: Meta,
});
export type ScimUser = z.infer<typeof ScimUser>;

const Member = z.looseObject({ value: z.uuid() });
const GroupIn = z.looseObject({
  schemas: schemas.optional(),
  displayName: z.string().trim().min(1).max(200),
  externalId: ExternalId.nullish(),
  members: z.array(Member).max(MEMBERS_MAX).nullish(),
});
export type GroupIn = z.output<typeof GroupIn>;

export const ScimGroup = z.object({
  schemas,
  id: z.uuid(),
  externalId: z.string().optional(),
  displayName: z.string(),
  members: z
    .array(z.object({ value: z.uuid(), display: z.string() }))
    .max(MEMBERS_MAX)
    .optional(),
  meta: Meta,
});
export type ScimGroup = z.infer<typeof ScimGroup>;

const PatchBody = z.looseObject({
  schemas: schemas.optional(),
  Operations: z
    .array(z.looseObject({ op: z.string().max(20), path: z.string().max(300).nullish(), value: z.unknown().optional() }))
    .min(1)
    .max(OPERATIONS_MAX),
});
export type Operation = z.output<typeof PatchBody>["Operations"][number];
export const PATCH_VALUES_MAX = VALUES_MAX;

const ListQuery = z.strictObject({
  filter: z.string().max(500).optional(),
  startIndex: z.coerce.number().int().min(-1_000_000).max(1_000_000).default(1),
  count: z.coerce.number().int().min(-1).max(1_000_000).default(100),
  attributes: z.string().max(500).optional(),
  excludedAttributes: z.string().max(500).optional(),
});
const ReadQuery = z.strictObject({ attributes: z.string().max(500).optional(), excludedAttributes: z.string().max(500).optional() });
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ schemas, totalResults: z.int(), startIndex: z.int(), itemsPerPage: z.int(), Resources: z.array(item).max(PAGE_MAX) });

const UserParams = z.strictObject({ userId: z.uuid() });
const GroupParams = z.strictObject({ groupId: z.uuid() });
const users = "/scim/v2/Users" as const;
const groups = "/scim/v2/Groups" as const;
const ofOne = ["not_found", "conflict", "invalid_state"] as const;

export const listScimUsers = endpoint({
  ...scim,
  name: "listScimUsers",
  method: "GET",
  path: users,
  summary: "People, by filter (eq, sw, and), page by page",
  query: ListQuery,
  answer: listOf(ScimUser),
});
export const readScimUser = endpoint({
  ...scim,
  name: "readScimUser",
  method: "GET",
  path: `${users}/:userId`,
  summary: "One person",
  params: UserParams,
  query: ReadQuery,
  answer: ScimUser,
  errors: ["not_found"],
});
export const createScimUser = endpoint({
  ...scim,
  name: "createScimUser",
  method: "POST",
  path: users,
  summary: "Provision a person",
  body: UserIn,
  answer: ScimUser,
  errors: ["conflict"],
});
export const replaceScimUser = endpoint({
  ...scim,
  name: "replaceScimUser",
  method: "PUT",
  path: `${users}/:userId`,
  summary: "Replace what the directory keeps of a person",
  params: UserParams,
  body: UserIn,
  answer: ScimUser,
  errors: ofOne,
});
export const patchScimUser = endpoint({
  ...scim,
  name: "patchScimUser",
  method: "PATCH",
  path: `${users}/:userId`,
  summary: "Change a person; active false ends everything open at once",
  params: UserParams,
  body: PatchBody,
  answer: ScimUser,
  errors: ofOne,
});
export const removeScimUser = endpoint({
  ...scim,
  name: "removeScimUser",
  method: "DELETE",
  path: `${users}/:userId`,
  summary: "Close a person's account; its history stays",
  params: UserParams,
  answerKind: "none",
  errors: ofOne,
});
export const listScimGroups = endpoint({
  ...scim,
  name: "listScimGroups",
  method: "GET",
  path: groups,
  summary: "Groups, by filter (eq, sw, and), page by page",
  query: ListQuery,
  answer: listOf(ScimGroup),
});
export const readScimGroup = endpoint({
  ...scim,
  name: "readScimGroup",
  method: "GET",
  path: `${groups}/:groupId`,
  summary: "One group",
  params: GroupParams,
  query: ReadQuery,
  answer: ScimGroup,
  errors: ["not_found"],
});
export const createScimGroup = endpoint({
  ...scim,
  name: "createScimGroup",
  method: "POST",
  path: groups,
  summary: "Provision a group; its members get the roles it carries",
  body: GroupIn,
  answer: ScimGroup,
  errors: ["conflict", "invalid_state"],
});
export const replaceScimGroup = endpoint({
  ...scim,
  name: "replaceScimGroup",
  method: "PUT",
  path: `${groups}/:groupId`,
  summary: "Replace a group and its members",
  params: GroupParams,
  body: GroupIn,
  answer: ScimGroup,
  errors: ofOne,
});
export const patchScimGroup = endpoint({
  ...scim,
  name: "patchScimGroup",
  method: "PATCH",
  path: `${groups}/:groupId`,
  summary: "Change a group or its members",
  params: GroupParams,
  body: PatchBody,
  answer: ScimGroup,
  errors: ofOne,
});
export const removeScimGroup = endpoint({
  ...scim,
  name: "removeScimGroup",
  method: "DELETE",
  path: `${groups}/:groupId`,
  summary: "Remove a group; the roles it carried go",
  params: GroupParams,
  answerKind: "none",
  errors: ofOne,
});

const Described = z.looseObject({});
export const readServiceProviderConfig = endpoint({
  ...scim,
  name: "readServiceProviderConfig",
  method: "GET",
  path: "/scim/v2/ServiceProviderConfig",
  summary: "What of SCIM 2.0 there is",
  answer: Described,
});
export const listScimSchemas = endpoint({
  ...scim,
  name: "listScimSchemas",
  method: "GET",
  path: "/scim/v2/Schemas",
  summary: "The attributes kept",
  answer: Described,
});
export const listResourceTypes = endpoint({
  ...scim,
  name: "listResourceTypes",
  method: "GET",
  path: "/scim/v2/ResourceTypes",
  summary: "Users and groups",
  answer: Described,
});

export const GroupRole = z.object({
  groupName: z.string(),
  roleId: z.string(),
  roleName: z.string().nullable(),
  unitId: z.uuid(),
  unitName: z.string(),
  /** People whom the directory, or a claim, has put into the group. */
  members: z.int(),
});
export type GroupRole = z.infer<typeof GroupRole>;
export const GROUP_ROLES_MAX = 500;

const GroupRoleKey = { groupName: z.string().trim().toLowerCase().min(1).max(200), roleId: z.string().min(1).max(60), unitId: z.uuid() };

export const listGroupRoles = endpoint({
  name: "listGroupRoles",
  tag: "sign-in",
  method: "GET",
  path: "/api/sign-in/groups",
  summary: "Which group of the directory carries which role where",
  access: "user:manage",
  answer: z.object({ groupRoles: z.array(GroupRole).max(GROUP_ROLES_MAX) }),
});

export const setGroupRole = endpoint({
  name: "setGroupRole",
  tag: "sign-in",
  method: "POST",
  path: "/api/sign-in/groups",
  summary: "Let a group of the directory carry a role; its members get it at once",
  access: "user:manage",
  from: "browser",
  body: z.strictObject(GroupRoleKey),
  answerKind: "none",
  errors: ["not_found", "conflict", "invalid_state", "step_up_needed"],
});

export const removeGroupRole = endpoint({
  name: "removeGroupRole",
  tag: "sign-in",
  method: "POST",
  path: "/api/sign-in/groups/removal",
  summary: "Take a role from a group of the directory; its members lose it at once",
  access: "user:manage",
  from: "browser",
  body: z.strictObject(GroupRoleKey),
  answerKind: "none",
  errors: ["not_found", "step_up_needed"],
});
