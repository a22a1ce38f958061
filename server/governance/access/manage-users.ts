import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import { endSessions } from "./end-sessions.ts";
import * as store from "./store.ts";

/** Worker role; at most 10,000. */
export async function listUsers(tx: Tx, caller: Caller): Promise<store.UserListRow[]> {
  permit(caller, "user:manage");
  return store.listUsers(tx);
}

/** Closes or opens an account. Closing ends its sessions for good; opening lifts the lock of wrong passwords too. Fails with not_allowed, not_found. */
export async function setUserActive(tx: Tx, caller: Caller, login: string, active: boolean): Promise<void> {
  permit(caller, "user:manage");
  const userId = await store.setUserActive(tx, login, active);
  if (userId === null) throw new DomainError("not_found", `there is no login ${login}`);
  if (!active) await endSessions(tx, userId);
  await record(tx, {
    caller,
    action: active ? "user.opened" : "user.closed",
    subjectKind: "user",
    subjectIds: [userId],
    detail: { login },
  });
}
