import { setTimeout as wait } from "node:timers/promises";
import type { Transaction } from "kysely";
import { beginStatement } from "./begin.ts";
import { kyselyOn } from "./bound-kysely.ts";
import { cancelWhenLeft } from "./cancel-when-left.ts";
import type { ContextCaller, Purpose } from "./context.ts";
import { databaseError, sqlState } from "./database-error.ts";
import type { Db } from "./db.ts";
import { limits, type Role, SILENCE_MS } from "./pools.ts";
import { keepLast, type LastStatement } from "./send-last.ts";
import type { Database } from "./tables.ts";

/** A transaction under row-level security as one caller. Everything a verb or store does goes through it. */
export type Tx = Transaction<Database>;

export interface TransactionOptions {
  /** Default "app". */
  readonly role?: Role;
  /** Default "serve" for the app role and "job" for the worker role. */
  readonly purpose?: Purpose;
  /** Of the app role: on the few connections of reports, with 60 s for a statement. Fails with unavailable when none is free for 30 s. */
  readonly pool?: "report";
  /** When it aborts, the statement under way is given up: nobody waits for its answer. Fails with its reason then. */
  readonly signal?: AbortSignal;
  readonly readOnly?: boolean;
  /** Default 5 s for the app role, 15 min for the worker role; 0 for none. */
  readonly statementTimeoutMs?: number;
  /** false: a deadlock or serialization failure is not tried again, because `work` has effects outside the database. */
  readonly retry?: boolean;
}

const RETRIES_MAX = 3;
const RETRY_DELAY_MAX_MS = 50;

/**
 * Runs `work` in one transaction as `caller` and commits it; any error rolls back. A deadlock or serialization failure runs `work` again,
 * up to three times. Fails with what `work` throws; errors of PostgreSQL become DomainErrors (see databaseError).
 */
export async function inTransaction<T>(
  db: Db,
  caller: ContextCaller,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const role = options.role ?? "app";
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(db, caller, work, role, options);
    } catch (error) {
      options.signal?.throwIfAborted(); // given up, whatever it then failed with
      const again = options.retry !== false && attempt <= RETRIES_MAX && isRetryable(error);
      if (!again) throw databaseError(error);
      await wait(Math.random() * RETRY_DELAY_MAX_MS * attempt);
    }
  }
}

async function runOnce<T>(
  db: Db,
  caller: ContextCaller,
  work: (tx: Tx) => Promise<T>,
  role: Role,
  options: TransactionOptions,
): Promise<T> {
  const startedMs = performance.now();
  const pool = options.pool ?? role;
  const client = await db.pools[pool].connect();
  const waitedMs = performance.now() - startedMs;
  const stayed = options.signal === undefined ? null : cancelWhenLeft(db, client, options.signal);
  try {
    options.signal?.throwIfAborted(); // waiting may have been too long for whoever asked
    const purpose = options.purpose ?? (role === "app" ? "serve" : "job");
    const statementMs = options.statementTimeoutMs ?? limits[pool].statementMs;
    const last: LastStatement[] = [];
    const kysely = kyselyOn(client, () => beginStatement(client, db.contextKey, caller, { ...options, purpose }), {
      keepsPlans: role === "app",
      answerMs: statementMs === 0 ? null : statementMs + SILENCE_MS,
      last,
    });
    return await kysely.transaction().execute((tx) => {
      if (role === "app") keepLast(tx, last);
      return work(tx);
    });
  } finally {
    await stayed?.();
    client.release();
    db.onTransaction?.({ pool, waitedMs, tookMs: performance.now() - startedMs });
  }
}

function isRetryable(error: unknown): boolean {
  const state = sqlState(error) ?? (error instanceof Error ? sqlState(error.cause) : null);
  return state === "40001" || state === "40P01";
}
