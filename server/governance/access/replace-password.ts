import type { UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { savePassword } from "./session-store.ts";
import { endSessionsBecause } from "./sessions.ts";

/** In a transaction of purpose sign_in, when the person is proven. Whoever had a session by the old password is out. */
export async function replacePassword(tx: Tx, clock: Clock, userId: UserId, passwordHash: string): Promise<void> {
  await savePassword(tx, userId, passwordHash, clock.now());
  await endSessionsBecause(tx, clock, userId);
}
