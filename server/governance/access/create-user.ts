import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import { readBank } from "./bank.ts";
import type { Preferences, RoleId } from "./contract.ts";
import { endSessions } from "./end-sessions.ts";
import { requireStrongPassword } from "./password-strength.ts";
import { type HashedPassword, hashPassword } from "./passwords.ts";
import { upsertUser } from "./store.ts";

export interface CreateUserRequest {
  readonly login: string;
  readonly displayName: string;
  readonly email?: string;
  /** Code of the organisation unit at which the roles are held. */
  readonly unitCode: string;
  readonly roleIds: readonly RoleId[];
  readonly preferences?: Partial<Preferences>;
  /** As typed, or hashed already. */
  readonly password: string | HashedPassword;
}

/** On the worker role (command line, demo). An existing login gets the new name, roles, preferences and password, and its sessions end. Fails with not_allowed, not_found (no such unit), invalid_input (as requireStrongPassword). */
export async function createUser(tx: Tx, caller: Caller, request: CreateUserRequest): Promise<{ userId: string; created: boolean }> {
  permit(caller, "user:manage");
  if (typeof request.password === "string") requireStrongPassword(request.password, { ...request, bankName: (await readBank(tx)).name });
  const saved = await upsertUser(tx, {
    userId: newId<"User">(),
    login: request.login,
    displayName: request.displayName,
    email: request.email ?? null,
    unitCode: request.unitCode,
    roleIds: request.roleIds,
    preferences: { locale: "en", calendar: "gregory", digits: "local", theme: "system", ...request.preferences },
    passwordHash: typeof request.password === "string" ? await hashPassword(request.password) : request.password.hash,
  });
  if (saved === null)
    throw new DomainError("not_found", `there is no organisation unit ${request.unitCode}`, { detail: { unitCode: request.unitCode } });
  // Whoever knew the old password, or had a session by it, is out.
  if (!saved.created) await endSessions(tx, saved.userId);
  const action = saved.created ? "user.created" : "user.changed";
  await record(tx, {
    caller,
    action,
    subjectKind: "user",
    subjectIds: [saved.userId],
    detail: { roles: request.roleIds, unit: request.unitCode },
  });
  return saved;
}
