import { z } from "zod";
import { endpoint } from "../../platform/http/contract.ts";
import { RoleId } from "../access/contract.ts";
import { Permission, permissions } from "../permissions/contract.ts";

const Name = z.string().trim().min(1).max(80);
const Note = z.string().trim().max(400);
const Reason = z.string().trim().min(3).max(400);
const Version = z.int().min(1);

export const Role = z.object({
  roleId: RoleId,
  /** null: a role of the product, named in every language. */
  name: z.string().nullable(),
  note: z.string(),
  permissions: z.array(Permission).max(permissions.length),
  builtIn: z.boolean(),
  /** Rules over people, roles or the trail: granted after a proof, never passed on to a deputy. */
  ruling: z.boolean(),
  retired: z.boolean(),
  holders: z.int(),
  version: z.int(),
});
export type Role = z.infer<typeof Role>;

/** Two duties nobody may hold together; each is a permission or a role. */
export const Conflict = z.object({ dutyA: z.string(), dutyB: z.string(), reason: z.string(), builtIn: z.boolean() });
export type Conflict = z.infer<typeof Conflict>;

export const ROLES_MAX = 200;
export const CONFLICTS_MAX = 200;

export const listRoles = endpoint({
  name: "listRoles",
  tag: "roles",
  method: "GET",
  path: "/api/roles",
  summary: "All roles with their permissions, and the duties that are kept apart",
  access: "organisation:read",
  answer: z.object({ roles: z.array(Role).max(ROLES_MAX), conflicts: z.array(Conflict).max(CONFLICTS_MAX) }),
});

const RoleParams = z.strictObject({ roleId: RoleId });
const Permissions = z.array(Permission).min(1).max(permissions.length);

export const createRole = endpoint({
  name: "createRole",
  tag: "roles",
  method: "POST",
  path: "/api/roles",
  summary: "Make a role of permissions",
  access: "role:manage",
  body: z.strictObject({ name: Name, note: Note.default(""), permissions: Permissions }),
  answer: z.object({ roleId: RoleId }),
  idempotent: true,
  errors: ["invalid_state", "step_up_needed"],
});

export const changeRole = endpoint({
  name: "changeRole",
  tag: "roles",
  method: "PATCH",
  path: "/api/roles/:roleId",
  summary: "Change a role of the bank's own; holds at once for everybody who has it",
  access: "role:manage",
  params: RoleParams,
  body: z.strictObject({ version: Version, name: Name.optional(), note: Note.optional(), permissions: Permissions.optional() }),
  answerKind: "none",
  errors: ["not_found", "conflict", "invalid_state", "step_up_needed"],
});

export const retireRole = endpoint({
  name: "retireRole",
  tag: "roles",
  method: "POST",
  path: "/api/roles/:roleId/retirement",
  summary: "Retire a role for good: whoever holds it loses what it gave",
  access: "role:manage",
  params: RoleParams,
  body: z.strictObject({ version: Version }),
  answerKind: "none",
  errors: ["not_found", "conflict", "invalid_state"],
});

const Duty = z.string().min(3).max(80);

export const keepApart = endpoint({
  name: "keepApart",
  tag: "roles",
  method: "POST",
  path: "/api/duties",
  summary: "Say that nobody may hold two duties together",
  access: "role:manage",
  body: z.strictObject({ dutyA: Duty, dutyB: Duty, reason: Reason }),
  /** How many people hold both today: both give them nothing from now on. */
  answer: z.object({ peopleInConflict: z.int() }),
  errors: ["conflict", "invalid_state"],
});

export const letTogether = endpoint({
  name: "letTogether",
  tag: "roles",
  method: "POST",
  path: "/api/duties/removal",
  summary: "Let two duties be held together again",
  access: "role:manage",
  body: z.strictObject({ dutyA: Duty, dutyB: Duty }),
  answerKind: "none",
  errors: ["not_found", "step_up_needed"],
});

const Days = { validFrom: z.iso.date(), validUntil: z.iso.date().nullable() };

export const Grant = z.object({
  roleId: RoleId,
  roleName: z.string().nullable(),
  unitId: z.uuid(),
  unitName: z.string(),
  ...Days,
  version: z.int(),
  /** "conflict": it stands against another role of the person and gives nothing. */
  state: z.enum(["holds", "later", "over", "retired", "conflict"]),
});
export type Grant = z.infer<typeof Grant>;

const PersonParams = z.strictObject({ userId: z.uuid() });
const Where = { roleId: RoleId, unitId: z.uuid() };

export const grantRole = endpoint({
  name: "grantRole",
  tag: "roles",
  method: "POST",
  path: "/api/people/:userId/grants",
  summary: "Give a person a role at a unit for some days; their sessions end",
  access: "user:manage",
  params: PersonParams,
  body: z.strictObject({ ...Where, ...Days }),
  answerKind: "none",
  errors: ["not_found", "conflict", "invalid_state", "step_up_needed"],
});

export const changeGrant = endpoint({
  name: "changeGrant",
  tag: "roles",
  method: "PATCH",
  path: "/api/people/:userId/grants",
  summary: "Change the days of a grant",
  access: "user:manage",
  params: PersonParams,
  body: z.strictObject({ ...Where, ...Days, version: Version }),
  answerKind: "none",
  errors: ["not_found", "conflict", "invalid_state", "step_up_needed"],
});

export const takeRole = endpoint({
  name: "takeRole",
  tag: "roles",
  method: "POST",
  path: "/api/people/:userId/grants/removal",
  summary: "Take a role from a person at once; their sessions end",
  access: "user:manage",
  params: PersonParams,
  body: z.strictObject({ ...Where, version: Version }),
  answerKind: "none",
  errors: ["not_found", "conflict", "invalid_state"],
});

export const Delegation = z.object({
  delegationId: z.uuid(),
  fromUserId: z.uuid(),
  fromName: z.string(),
  toUserId: z.uuid(),
  toName: z.string(),
  roles: z.array(z.object({ roleId: RoleId, roleName: z.string().nullable() })).max(20),
  validFrom: z.iso.date(),
  validUntil: z.iso.date(),
  reason: z.string(),
  /** "idle": the other no longer holds any of the roles. */
  state: z.enum(["holds", "later", "over", "revoked", "idle"]),
  version: z.int(),
});
export type Delegation = z.infer<typeof Delegation>;

export const DELEGATIONS_MAX = 200;

export const listDelegations = endpoint({
  name: "listDelegations",
  tag: "roles",
  method: "GET",
  path: "/api/delegations",
  summary: "Who stands in for whom, those that end last first; without a person, of the whole bank (user:manage)",
  access: "signed_in",
  query: z.strictObject({ userId: z.uuid().optional() }),
  answer: z.object({ delegations: z.array(Delegation).max(DELEGATIONS_MAX) }),
});

export const delegate = endpoint({
  name: "delegate",
  tag: "roles",
  method: "POST",
  path: "/api/delegations",
  summary: "Let somebody stand in with some of one's own roles for some days, at most a year; user:manage for others",
  access: "signed_in",
  body: z.strictObject({
    fromUserId: z.uuid(),
    toUserId: z.uuid(),
    roleIds: z.array(RoleId).min(1).max(20),
    validFrom: z.iso.date(),
    validUntil: z.iso.date(),
    reason: Reason,
  }),
  answer: z.object({ delegationId: z.uuid() }),
  idempotent: true,
  errors: ["not_found", "invalid_state", "step_up_needed"],
});

export const endDelegation = endpoint({
  name: "endDelegation",
  tag: "roles",
  method: "POST",
  path: "/api/delegations/:delegationId/end",
  summary: "End a deputy's time at once",
  access: "signed_in",
  params: z.strictObject({ delegationId: z.uuid() }),
  body: z.strictObject({ version: Version }),
  answerKind: "none",
  errors: ["not_found", "conflict"],
});
