import type { Caller, UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { notify } from "../../platform/events/index.ts";
import { endSessionsOf, savePassword } from "./session-store.ts";
import { endSessionsBecause } from "./sessions.ts";

/** In a transaction of purpose sign_in, when the person is proven. Whoever had a session by the old password is out. */
export async function replacePassword(tx: Tx, clock: Clock, userId: UserId, passwordHash: string): Promise<void> {
  await savePassword(tx, userId, passwordHash, clock.now());
  await endSessionsBecause(tx, clock, userId);
}

/** The same for who is signed in: the session in use goes on, all others end. */
export async function keepOnlySession(tx: Tx, clock: Clock, caller: Caller, passwordHash: string): Promise<void> {
  await savePassword(tx, caller.userId, passwordHash, clock.now());
  for (const ended of await endSessionsOf(tx, caller.userId, clock.now(), { except: caller.sessionId }))
    await notify(tx, "session_ended", ended);
}
