import pg from "pg";
import { valueTypes } from "./values.ts";

export type Role = "app" | "worker";
/** Reports have connections of their own, so that adding up a bank never keeps a page waiting; their login is that of the app. */
export type PoolName = Role | "report";
/** The sealer has no pool: it works on one connection of its own. */
export type Login = Role | "sealer";

/** Bounds every statement starts with, in milliseconds; a transaction may ask for another statement timeout. */
export const limits = {
  // A little less than five seconds, so that a person is told within five even when the server does not answer at all.
  app: { statementMs: 4_700, lockMs: 2_000, idleInTransactionMs: 15_000, connectMs: 2_000 },
  report: { statementMs: 60_000, lockMs: 2_000, idleInTransactionMs: 15_000, connectMs: 30_000 },
  worker: { statementMs: 15 * 60_000, lockMs: 10_000, idleInTransactionMs: 120_000, connectMs: 10_000 },
  sealer: { statementMs: 60_000, lockMs: 5_000, idleInTransactionMs: 60_000, connectMs: 5_000 },
} as const satisfies Record<PoolName | Login, Record<string, number>>;

/** Work tables of a load stay in memory up to this size; beyond it they go to disk and come back, row group by row group. Taken as it is filled. */
const WORK_TABLES_MB = 64;

/** Beyond the time a statement has: then the server, or the way to it, is gone. */
export const SILENCE_MS = 250;

// A new connection plans every statement anew, which costs more than running it: none is given up in a quiet quarter of an hour.
const IDLE_CONNECTION_MS = 15 * 60_000;

/** What one connection of a pool is made with, or one of one's own (LISTEN). */
export function clientConfig(url: string, name: PoolName | Login): pg.ClientConfig {
  const limit = limits[name];
  return {
    connectionString: url,
    application_name: `vinculo ${name} ${process.pid}`,
    types: valueTypes,
    ...(name === "worker" ? { options: `-c temp_buffers=${WORK_TABLES_MB}MB` } : {}),
    statement_timeout: limit.statementMs,
    lock_timeout: limit.lockMs,
    idle_in_transaction_session_timeout: limit.idleInTransactionMs,
    connectionTimeoutMillis: limit.connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/** `onError` hears of connections that broke while idle or between statements; the pool replaces them by itself. */
export function openPool(url: string, name: PoolName, connectionsMax: number, onError: (error: Error) => void): pg.Pool {
  // Statements of a request that do not wait for one another travel together. COPY, which only the worker does, cannot.
  const pipeline = name !== "worker";
  const pool = new pg.Pool({ ...clientConfig(url, name), pipeline, max: connectionsMax, idleTimeoutMillis: IDLE_CONNECTION_MS });
  pool.on("error", onError);
  // A connection lost while lent out and between two statements has no other listener, and would end the process.
  pool.on("connect", (client) => client.on("error", onError));
  return pool;
}
