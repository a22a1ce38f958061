import pg from "pg";
import type { ErrorCode } from "../errors/contract.ts";
import { DomainError } from "../errors/index.ts";

/** SQLSTATE or its two-letter class -> code of the closed list. The full state wins over its class. */
const codeOfState: Readonly<Record<string, ErrorCode>> = {
  "23505": "conflict", // unique violation; stores that know better map the constraint themselves
  "23P01": "conflict", // exclusion constraint
  "23503": "conflict", // foreign key: the other row went away meanwhile
  "40001": "unavailable", // serialization failure and deadlock, after the retries
  "40P01": "unavailable",
  "42501": "not_found", // row-level security or a missing right: the answer must not say that something is there
  "53100": "read_only", // disk full
  "25006": "read_only", // a write in a read-only transaction
  "55P03": "in_progress", // lock timeout: somebody works on the same rows right now
  "57014": "unavailable", // statement timeout
  VL001: "limit_reached", // raised by our own functions; the name of the limit goes as the constraint
  "08": "unavailable",
  "53": "unavailable",
  "57": "unavailable",
};

const lostConnection = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EHOSTUNREACH"]);
// node-postgres gives these no code.
const lostConnectionText =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Query read timeout|Cannot use a pool after)/;

/** The SQLSTATE of an error that PostgreSQL sent, else null. */
export function sqlState(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? (error.code ?? null) : null;
}

/**
 * What a failure of the database means to a caller: a DomainError with the original as cause, or the error itself when it is none of
 * the expected ones (a mistake in SQL is `internal` and must stay loud). Never repeats PostgreSQL's text: it can hold personal data.
 */
export function databaseError(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const state = sqlState(error);
  if (state !== null) {
    const code = codeOfState[state] ?? codeOfState[state.slice(0, 2)];
    const constraint = (error as pg.DatabaseError).constraint;
    return code === undefined
      ? error
      : new DomainError(code, `database ${state}${constraint ? ` on ${constraint}` : ""}`, {
          cause: error,
          ...(code === "limit_reached" ? { detail: { limit: constraint ?? "" } } : {}),
        });
  }
  if (isConnectionLoss(error)) return new DomainError("unavailable", "the database does not answer", { cause: error });
  return error;
}

function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as NodeJS.ErrnoException).code;
  return (code !== undefined && lostConnection.has(code)) || lostConnectionText.test(error.message);
}
