import type { Writable } from "node:stream";
import type { ControlledTransaction } from "kysely";
import type pg from "pg";
import { from as copyFromStatement } from "pg-copy-streams";
import { beginStatement } from "./begin.ts";
import { kyselyOn } from "./bound-kysely.ts";
import type { ContextCaller } from "./context.ts";
import { databaseError } from "./database-error.ts";
import type { Db } from "./db.ts";
import type { Database } from "./tables.ts";
import type { Tx } from "./transaction.ts";

/** One connection of the worker pool for long work: several transactions one after the other, and COPY inside them. */
export interface WorkerConnection {
  /** Begins a transaction as the caller; the context is signed anew each time. `statementTimeoutMs`: default 15 min, 0 for none. */
  begin(options?: { statementTimeoutMs?: number }): Promise<Tx>;
  commit(): Promise<void>;
  /** Does nothing when no transaction is open. */
  rollback(): Promise<void>;
  /** `begin`, `work`, `commit`; rolls back and rethrows when work fails. */
  inTransaction<T>(work: (tx: Tx) => Promise<T>, options?: { statementTimeoutMs?: number }): Promise<T>;
  /** A stream into `copy ... from stdin`, part of the open transaction (or its own, when none is open). Use it with pipeline(). */
  copyFrom(sql: string): Writable;
}

/**
 * Lends one worker connection to `work`. A transaction still open at the end is rolled back. Session state (temporary tables, advisory
 * locks, prepared statements) is discarded before the connection goes back to the pool. Errors of PostgreSQL become DomainErrors.
 */
export async function withWorkerConnection<T>(
  db: Db,
  caller: ContextCaller,
  work: (connection: WorkerConnection) => Promise<T>,
): Promise<T> {
  try {
    const client = await db.pools.worker.connect();
    let failure: Error | undefined;
    const connection = workerConnection(db, caller, client);
    try {
      return await work(connection);
    } finally {
      try {
        await connection.rollback();
        await client.query("discard all");
      } catch (error) {
        failure = error as Error;
      }
      client.release(failure);
    }
  } catch (error) {
    throw databaseError(error);
  }
}

function workerConnection(db: Db, caller: ContextCaller, client: pg.PoolClient): WorkerConnection {
  let open: ControlledTransaction<Database> | null = null;
  const connection: WorkerConnection = {
    async begin(options = {}) {
      if (open !== null) throw new Error("a transaction is open already");
      const kysely = kyselyOn(client, () => beginStatement(client, db.contextKey, caller, { purpose: "job", ...options }));
      open = await kysely.startTransaction().execute();
      return open;
    },
    async commit() {
      if (open === null) throw new Error("no transaction is open");
      const ending = open;
      open = null;
      await ending.commit().execute();
    },
    async rollback() {
      if (open === null) return;
      const ending = open;
      open = null;
      await ending.rollback().execute();
    },
    async inTransaction(work, options) {
      const tx = await connection.begin(options);
      try {
        const result = await work(tx);
        await connection.commit();
        return result;
      } catch (error) {
        await connection.rollback();
        throw error;
      }
    },
    copyFrom: (sql) => client.query(copyFromStatement(sql)),
  };
  return connection;
}
