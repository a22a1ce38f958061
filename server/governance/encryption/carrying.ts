import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Db } from "../../platform/db/index.ts";
import type { SealedColumn } from "../../platform/encryption/index.ts";

export const BATCH_ROWS = 1_000;

/** What carrying out a rotation needs. */
export interface Carrying {
  readonly db: Db;
  readonly caller: Caller;
  readonly clock: Clock;
  readonly columns: readonly SealedColumn[];
  readonly signal: AbortSignal;
  /** Rows a transaction; default 1,000. */
  readonly batchRows?: number;
  /** After each batch, with how many rows it wrote; may wait. */
  readonly onBatch?: (written: number) => Promise<void> | void;
}
