import type { UserId } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { notify } from "../../platform/events/index.ts";
import { revokeSessionsOf } from "./store.ts";

/** Worker role. Ends every session of the person, live streams included. */
export async function endSessions(tx: Tx, userId: UserId): Promise<void> {
  await revokeSessionsOf(tx, userId);
  await notify(tx, "session_ended", userId);
}
