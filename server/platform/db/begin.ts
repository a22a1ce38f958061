import { backendPid, type PoolClient } from "./bound-kysely.ts";
import { type ContextCaller, type Purpose, signContext } from "./context.ts";

export interface BeginOptions {
  readonly purpose: Purpose;
  readonly readOnly?: boolean | undefined;
  readonly statementTimeoutMs?: number | undefined;
}

const SAFE_CONTEXT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/**
 * The statements a transaction starts with, as one text for one round trip. Everything is transaction-local:
 * a session-wide setting would still be there for the next request on the same connection.
 */
export function beginStatement(client: PoolClient, contextKey: Buffer, caller: ContextCaller, options: BeginOptions): string {
  const context = signContext(contextKey, caller, options.purpose, backendPid(client));
  if (!SAFE_CONTEXT.test(context)) throw new Error("the request context holds unexpected characters");
  const timeoutMs = options.statementTimeoutMs;
  if (timeoutMs !== undefined && !(Number.isInteger(timeoutMs) && timeoutMs >= 0))
    throw new Error("statementTimeoutMs must be a whole number");
  return [
    options.readOnly ? "begin read only" : "begin",
    `select set_config('vinculo.context', '${context}', true)`,
    ...(timeoutMs === undefined ? [] : [`set local statement_timeout = ${timeoutMs}`]),
  ].join("; ");
}
