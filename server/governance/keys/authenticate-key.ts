import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, databaseError, inTransaction } from "../../platform/db/index.ts";
import { hashKey } from "./ask-for-key.ts";
import { findKey, touchKey } from "./store.ts";

/** A use within this time of the last one does not write that it was there. */
const TOUCH_MS = 60_000;

/**
 * The caller a key stands for, with the rights its owner and it have in common at this moment; null when it is unknown, waits, is over or revoked, comes
 * from an address it is not for, or the owner's account is closed. Asked anew for every request, so that a revoked key is dead at once on every server.
 */
export async function authenticateKey(
  db: Db,
  clock: Clock,
  key: string,
  request: { id: string; ip: string; userAgent?: string },
): Promise<Caller | null> {
  const now = clock.now();
  const found = await findKey(db, hashKey(key), request.ip, now).catch((error: unknown) => {
    throw databaseError(error);
  });
  if (found === null) return null;
  const { keyId, userId, displayName, permissions, lastUsedAt } = found;
  const caller: Caller = {
    ...{ userId, displayName, keyId, sessionId: null },
    permissions: new Set(permissions),
    requestId: request.id,
    ipAddress: request.ip,
    userAgent: request.userAgent ?? null,
  };
  if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() > TOUCH_MS)
    await inTransaction(db, caller, (tx) => touchKey(tx, caller, now));
  return caller;
}
