import { createHash, randomBytes } from "node:crypto";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { requireStepUp } from "../access/index.ts";
import { requestApproval } from "../approvals/index.ts";
import { record } from "../audit/index.ts";
import { approveKeyAct } from "./approve-key.ts";
import type { KeyScope } from "./contract.ts";
import { isTooWide, scopesFor } from "./rules.ts";
import { insertKey } from "./store.ts";

const DAY_MS = 86_400_000;
const SECRET_BYTES = 32;
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export interface KeyRequest {
  readonly purpose: string;
  readonly scopes: readonly KeyScope[];
  readonly ipRanges: readonly string[];
  readonly days: number;
  readonly rowsPerDay: number;
}

export const hashKey = (key: string): Buffer => createHash("sha256").update(key).digest();

/**
 * A key in the caller's own name, which does nothing until somebody else approves it (`approveKeyAct`). The answer is the only time it is shown; its SHA-256 is kept. Fails
 * with not_allowed (a program, or a scope the caller has no right to), invalid_input (an address range as wide as the world), step_up_needed.
 */
export async function askForKey(tx: Tx, caller: Caller, clock: Clock, request: KeyRequest): Promise<{ keyId: string; key: string }> {
  const scopes = [...new Set(request.scopes)].sort();
  const own = new Set(scopesFor(caller.permissions));
  if (caller.keyId || !scopes.every((scope) => own.has(scope)))
    throw new DomainError("not_allowed", "a key has no more than its owner", { detail: { reason: "scope_not_held" } });
  const wide = request.ipRanges.findIndex(isTooWide);
  if (wide >= 0)
    throw new DomainError("invalid_input", "the range is too wide", { fields: [{ path: `/ipRanges/${wide}`, reason: "too_wide" }] });
  const { purpose, ipRanges, days, rowsPerDay } = request;
  await requireStepUp(tx, caller, clock, { action: "key.asked", subjectIds: [], payload: { ...request } });
  const prefix = `vk_${Array.from(randomBytes(8), (byte) => letters[byte % letters.length]).join("")}`;
  const key = `${prefix}_${randomBytes(SECRET_BYTES).toString("base64url")}`;
  const keyId = newId();
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + days * DAY_MS);
  await insertKey(tx, {
    keyId,
    prefix,
    tokenHash: hashKey(key),
    ownerId: caller.userId,
    purpose,
    scopes,
    ipRanges,
    rowsPerDay,
    createdAt,
    expiresAt,
  });
  await record(tx, {
    caller,
    action: "key.asked",
    subjectKind: "key",
    subjectIds: [keyId],
    detail: { prefix, scopes, ipRanges, days, rowsPerDay },
  });
  await requestApproval(tx, caller, clock, approveKeyAct, { payload: { keyId }, reason: purpose });
  return { keyId, key };
}
