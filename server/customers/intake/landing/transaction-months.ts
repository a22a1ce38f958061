import type { Caller } from "../../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../../platform/db/index.ts";
import { bookable } from "./resolve.ts";

/** First days of the months that the cast transactions of a chunk need, as YYYY-MM-DD. */
export async function monthsNeeded(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`
    select distinct date_trunc('month', booked_on)::date as month from cast_transaction
    where problem_reason is null and booked_on ${sql.raw(bookable)} order by 1`.execute(tx);
  return rows.map((row) => row.month);
}

/**
 * Makes the partitions that are missing, in a short transaction of its own, so that another chunk that needs them too does not wait for the end of this one.
 */
export async function makeMonths(db: Db, caller: Caller, months: readonly string[]): Promise<void> {
  if (months.length === 0) return;
  const make = (tx: Tx) =>
    sql`
    select customers.ensure_transaction_month(m) from unnest(${months}::date[]) m
    where to_regclass('customers.transaction_' || to_char(m, 'YYYY_MM')) is null`.execute(tx);
  await inTransaction(db, caller, make, { role: "worker" });
}
