import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { latestApprovals } from "../approvals/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import { approveKeyAct } from "./approve-key.ts";
import type { ApiKey } from "./contract.ts";
import { scopesFor, stateOf } from "./rules.ts";
import * as store from "./store.ts";

export async function listKeys(tx: Tx, caller: Caller, clock: Clock) {
  return { keys: await shown(tx, await store.listKeys(tx), clock), scopes: scopesFor(caller.permissions) };
}

async function shown(tx: Tx, rows: readonly store.KeyRow[], clock: Clock): Promise<ApiKey[]> {
  const asked = await latestApprovals(
    tx,
    approveKeyAct.action,
    rows.map(({ prefix }) => prefix),
  );
  return rows.map(({ approved, revoked, ...row }) => {
    const approval = asked.get(row.prefix) ?? null;
    const waits = approval?.state === "waiting";
    return { ...row, approval, state: stateOf({ approved, revoked, waits, expiresAt: row.expiresAt }, clock.now()) };
  });
}

/** Ends a key with the commit, on every server. Fails with not_found (none, not one's own, ended already). */
export async function revokeKey(tx: Tx, caller: Caller, clock: Clock, keyId: string): Promise<void> {
  const row = await store.lockKey(tx, keyId);
  if (row === null || row.revoked) throw new DomainError("not_found", "no such key");
  await end(tx, caller, clock, row);
}

/** Worker role, for the command line at night. Fails with not_allowed, not_found. */
export async function revokeKeyByPrefix(tx: Tx, caller: Caller, clock: Clock, prefix: string): Promise<void> {
  permit(caller, "user:manage");
  const row = await store.findKeyByPrefix(tx, prefix);
  if (row === null || row.revoked) throw new DomainError("not_found", `there is no key ${prefix}, or it has ended`);
  await end(tx, caller, clock, row);
}

async function end(tx: Tx, caller: Caller, clock: Clock, { keyId, prefix }: store.KeyRow): Promise<void> {
  await store.saveRevocation(tx, keyId, caller.userId, clock.now());
  await record(tx, { caller, action: "key.revoked", subjectKind: "key", subjectIds: [keyId], detail: { prefix } });
}

/** Worker role, at most 500. Fails with not_allowed. */
export async function listAllKeys(tx: Tx, caller: Caller, clock: Clock): Promise<ApiKey[]> {
  permit(caller, "user:manage");
  return shown(tx, await store.listAllKeys(tx), clock);
}
