import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import type { KeyId, SessionId, UserId } from "../caller/index.ts";

/** Why a transaction runs: answering a signed-in person, signing somebody in, or background work ordered by somebody. */
export type Purpose = "serve" | "sign_in" | "job";

/** The part of a Caller the database needs. `userId` is null only while signing in, when nobody is known yet. */
export interface ContextCaller {
  readonly userId: UserId | null;
  readonly sessionId: SessionId | null;
  readonly requestId: string;
  readonly keyId?: KeyId | null;
}

// A context dies soon, so that one that leaked (a log, a dump of settings) opens nothing later.
const lifeSeconds = { serve: 120, sign_in: 120, job: 6 * 3600 } as const satisfies Record<Purpose, number>;

// Node makes a key of bare bytes anew for every signature, which costs more than signing.
const keys = new WeakMap<Buffer, KeyObject>();

function keyOf(bytes: Buffer): KeyObject {
  const known = keys.get(bytes);
  if (known !== undefined) return known;
  const made = createSecretKey(bytes);
  keys.set(bytes, made);
  return made;
}

/**
 * The signed request context: `base64url(payload).base64url(hmac_sha256(payload))`, verified inside PostgreSQL.
 * It names the backend process it is for, so it cannot be replayed on another connection. ASCII without quotes.
 */
export function signContext(key: Buffer, caller: ContextCaller, purpose: Purpose, backendPid: number, nowMs: number = Date.now()): string {
  const payload = JSON.stringify({
    u: caller.userId,
    s: caller.sessionId,
    ...(caller.keyId ? { k: caller.keyId } : {}),
    r: caller.requestId,
    p: purpose,
    pid: backendPid,
    exp: Math.floor(nowMs / 1000) + lifeSeconds[purpose],
  });
  const signature = createHmac("sha256", keyOf(key)).update(payload).digest("base64url");
  return `${Buffer.from(payload).toString("base64url")}.${signature}`;
}
