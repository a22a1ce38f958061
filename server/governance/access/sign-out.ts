import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { record } from "../audit/index.ts";
import { revokeSession } from "./store.ts";

export async function signOut(tx: Tx, caller: Caller, clock: Clock): Promise<void> {
  await record(tx, { caller, action: "session.ended", subjectKind: "user", subjectIds: [caller.userId] });
  if (caller.sessionId !== null) await revokeSession(tx, caller.sessionId, clock.now());
}
