import { createHash } from "node:crypto";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction } from "../../platform/db/index.ts";
import { isSessionAlive, sessionLimits } from "./rules.ts";
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
  request: { id: string; ip: string },
  occasion: "request" | "recheck",
): Promise<Caller | null> {
  return inTransaction(
    db,
    { userId: null, sessionId: null, requestId: request.id },
    async (tx) => {
      const session = await findSession(tx, hashToken(token));
      const now = clock.now();
      if (session === null || !isSessionAlive(session, now)) return null;
      const stale = occasion === "request" && now.getTime() - session.lastSeenAt.getTime() > sessionLimits.touchSeconds * 1000;
      if (stale) await touchSession(tx, session.sessionId, now);
      return {
        userId: session.userId,
        displayName: session.displayName,
        sessionId: session.sessionId,
        permissions: new Set(session.permissions),
        requestId: request.id,
        ipAddress: request.ip,
      };
    },
    { purpose: "sign_in" },
  );
}
