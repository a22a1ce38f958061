import { z } from "zod";

/** Every permission there is. Roles are made of them (governance.role); an endpoint names the one it needs. */
export const permissions = [
  "customer:read",
  "customer:create",
  "organisation:read",
  "load:read",
  "load:run",
  "load:reverse",
  "quarantine:read",
  "quarantine:correct",
  "mapping:write",
  "identity:read",
  "identity:decide",
  "identity:learn",
  "relation:write",
  "quality:read",
  "value:pin",
  "value:dispute",
  "user:manage",
  "role:manage",
  "organisation:manage",
  "access:explain",
  "audit:read",
  "seal:manage",
  "glass:break",
  "glass:review",
  "egress:approve",
  "customer:export",
  "identifier:reveal",
  "consent:record",
  "privacy:manage",
  "privacy:report",
] as const;
export const Permission = z.enum(permissions);
export type Permission = z.infer<typeof Permission>;

/** Over people, roles or the trail: granted after a proof, never passed on to a deputy. `governance.ruling_permissions` says the same. */
export const rulingPermissions = [
  "user:manage",
  "role:manage",
  "organisation:manage",
  "access:explain",
  "audit:read",
] as const satisfies readonly Permission[];
