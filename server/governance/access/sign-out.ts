import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { notify } from "../../platform/events/index.ts";
import { record } from "../audit/index.ts";
import { revokeSession } from "./store.ts";

/** Ends the session at once, its live streams too. */
export async function signOut(tx: Tx, caller: Caller, clock: Clock): Promise<void> {
  await record(tx, { caller, action: "session.ended", subjectKind: "user", subjectIds: [caller.userId] });
  if (caller.sessionId === null) return;
  await revokeSession(tx, caller.sessionId, clock.now());
  await notify(tx, "session_ended", caller.sessionId);
}
