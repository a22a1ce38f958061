import type { CompiledQuery, RawBuilder, Transaction } from "kysely";
import type { Database } from "./tables.ts";

export interface LastStatement {
  readonly query: CompiledQuery;
  /** What an error of the statement means; it is thrown instead of a commit. */
  readonly failed: (error: unknown) => unknown;
}

const lastOf = new WeakMap<Transaction<Database>, LastStatement[]>();

/** From now on `sendLast` adds to this list what is to be sent with the commit of the transaction. */
export function keepLast(tx: Transaction<Database>, statements: LastStatement[]): void {
  lastOf.set(tx, statements);
}

/**
 * Runs a statement right before the commit, in one write with it, so that a row many wait for is locked no longer than that. Only for what nothing
 * in the transaction reads. When it fails, nothing is committed and the transaction fails with `failed(error)`. Where a connection does not send
 * statements together (jobs, tests inside a transaction), it runs at once.
 */
export async function sendLast(tx: Transaction<Database>, statement: RawBuilder<unknown>, failed: LastStatement["failed"]): Promise<void> {
  const statements = lastOf.get(tx);
  if (statements !== undefined) {
    statements.push({ query: statement.compile(tx), failed });
    return;
  }
  await statement.execute(tx).catch((error: unknown) => {
    throw failed(error);
  });
}
