import type { Caller } from "../../platform/caller/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { Permission } from "./contract.ts";

/** Stops with not_allowed unless the caller holds the permission. Which rows it reaches is decided by the database. */
export function permit(caller: Caller, permission: Permission): void {
  if (!caller.permissions.has(permission)) throw new DomainError("not_allowed", `${permission} is not held`, { detail: { permission } });
}
