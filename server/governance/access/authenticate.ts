import { createHash } from "node:crypto";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, databaseError, inTransaction } from "../../platform/db/index.ts";
import { defaultSessionLimits, isSessionAlive, touchSeconds } from "./rules.ts";
import { findSession, touchSession } from "./store.ts";

export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/**
 * The caller a session token stands for, or null when the session has ended, was idle too long, or the account is closed. Asked anew for
 * every request; a "recheck" for an open live stream does not keep the session alive.
 */
export async function authenticate(
  db: Db,
  clock: Clock,
  token: string,
  request: { id: string; ip: string; userAgent?: string },
  occasion: "request" | "recheck",
): Promise<Caller | null> {
  const session = await findSession(db, hashToken(token)).catch((error: unknown) => {
    throw databaseError(error);
  });
  const now = clock.now();
  if (session === null || !isSessionAlive(session, now, session.limits ?? defaultSessionLimits)) return null;
  const { sessionId, userId, displayName } = session;
  const stale = occasion === "request" && now.getTime() - session.lastSeenAt.getTime() > touchSeconds * 1000;
  if (stale) {
    const context = { userId, sessionId, requestId: request.id };
    await inTransaction(db, context, (tx) => touchSession(tx, sessionId, now), { purpose: "sign_in" });
  }
  return {
    userId,
    displayName,
    sessionId,
    permissions: new Set(session.permissions),
    requestId: request.id,
    ipAddress: request.ip,
    userAgent: request.userAgent ?? null,
  };
}
