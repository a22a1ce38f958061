import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import type { SealedColumn } from "../../platform/encryption/index.ts";
import { DomainError } from "../../platform/errors/index.ts";

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

export const onWorker = <T>({ db, caller }: Carrying, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(db, caller, work, { role: "worker" });

/** Fails with unavailable: what was done so far stands, the rest is done later. */
export function stopWhenAsked({ signal }: Carrying): void {
  if (signal.aborted) throw new DomainError("unavailable", "the worker stops; the rotation goes on later");
}
