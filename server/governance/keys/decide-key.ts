import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { requireStepUp } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import type { ApiKey } from "./contract.ts";
import { scopesFor, stateOf } from "./rules.ts";
import * as store from "./store.ts";

export async function listKeys(tx: Tx, caller: Caller, clock: Clock) {
  const rows = await store.listKeys(tx);
  return { keys: rows.map((row) => shown(row, clock)), scopes: scopesFor(caller.permissions) };
}

function shown({ approved, revoked, ...row }: store.KeyRow, clock: Clock): ApiKey {
  return { ...row, state: stateOf({ approved, revoked, expiresAt: row.expiresAt }, clock.now()) };
}

/** What stands in the key is what is approved: a key never changes. Fails with not_allowed, not_found, invalid_state (one's own; not waiting), step_up_needed. */
export async function approveKey(tx: Tx, caller: Caller, clock: Clock, keyId: string): Promise<void> {
  permit(caller, "key:manage");
  const row = await store.lockKey(tx, keyId);
  if (row === null) throw new DomainError("not_found", "no such key");
  if (row.ownerId === caller.userId) throw refused("oneself");
  if (stateOf(row, clock.now()) !== "waiting") throw refused("decided");
  const { purpose, scopes, ipRanges, rowsPerDay } = row;
  await requireStepUp(tx, caller, clock, {
    action: "key.approved",
    subjectIds: [keyId],
    payload: { purpose, scopes, ipRanges, rowsPerDay },
  });
  await store.saveApproval(tx, keyId, caller.userId, clock.now());
  await record(tx, { caller, action: "key.approved", subjectKind: "key", subjectIds: [keyId], detail: { prefix: row.prefix } });
}

/** Ends a key with the commit, on every server. Fails with not_found (none, not one's own, ended already). */
export async function revokeKey(tx: Tx, caller: Caller, clock: Clock, keyId: string): Promise<void> {
  const row = await store.lockKey(tx, keyId);
  if (row === null || row.revoked) throw new DomainError("not_found", "no such key");
  await store.saveRevocation(tx, keyId, caller.userId, clock.now());
  await record(tx, {
    caller,
    action: row.approved ? "key.revoked" : "key.refused",
    subjectKind: "key",
    subjectIds: [keyId],
    detail: { prefix: row.prefix },
  });
}

/** Worker role, for the command line at night. Fails with not_allowed, not_found. */
export async function revokeKeyByPrefix(tx: Tx, caller: Caller, clock: Clock, prefix: string): Promise<void> {
  permit(caller, "user:manage");
  const row = await store.findKeyByPrefix(tx, prefix);
  if (row === null || row.revoked) throw new DomainError("not_found", `there is no key ${prefix}, or it has ended`);
  await store.saveRevocation(tx, row.keyId, caller.userId, clock.now());
  await record(tx, { caller, action: "key.revoked", subjectKind: "key", subjectIds: [row.keyId], detail: { prefix } });
}

/** Worker role, at most 500. Fails with not_allowed. */
export async function listAllKeys(tx: Tx, caller: Caller, clock: Clock): Promise<ApiKey[]> {
  permit(caller, "user:manage");
  return (await store.listAllKeys(tx)).map((row) => shown(row, clock));
}

const refused = (reason: string) => new DomainError("invalid_state", `the key cannot be approved: ${reason}`, { detail: { reason } });
