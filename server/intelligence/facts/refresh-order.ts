import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Db } from "../../platform/db/index.ts";

/** What each step of a refresh is given. A step may be done twice: a killed refresh does the one it was in again. */
export interface RefreshOrder {
  readonly db: Db;
  readonly caller: Caller;
  readonly clock: Clock;
  /** Whom it is about, at most 250,000; null: everybody. Some of them may be gone. */
  readonly customerIds: readonly string[] | null;
  readonly signal?: AbortSignal | undefined;
}
