import { sql } from "../../platform/db/index.ts";

/** Rows of one table with a day of their own, which go when the term of their rule is over. What hangs on the end of a relationship goes customer by customer. */
export interface Sweep {
  readonly rule: string;
  readonly table: string;
  /** Over `t`: is the row older than `before` and not held? */
  readonly isOver: (before: string) => ReturnType<typeof sql<boolean>>;
}

const notHeld = sql<boolean>`t.party_id not in (select r.party_id from customers.legal_hold_record r join customers.legal_hold h using (hold_id)
  where h.lifted_at is null and (h.until is null or h.until >= current_date))`;
const ofOldLoads = (before: string) =>
  sql<boolean>`t.load_no in (select l.load_no from customers.load l where l.finished_at < ${before}::date)`;

export const sweeps: readonly Sweep[] = [
  { rule: "transactions", table: "customers.transaction", isOver: (before) => sql`t.booked_on < ${before}::date and ${notHeld}` },
  { rule: "transactions", table: "customers.transaction_key", isOver: (before) => sql`t.booked_on < ${before}::date and ${notHeld}` },
  { rule: "transactions", table: "customers.balance", isOver: (before) => sql`t.balance_on < ${before}::date and ${notHeld}` },
  { rule: "import_records", table: "customers.load_change", isOver: (before) => sql`${ofOldLoads(before)} and ${notHeld}` },
  { rule: "import_records", table: "customers.quarantine", isOver: (before) => sql`${ofOldLoads(before)}` },
  { rule: "short_lived", table: "governance.notification", isOver: (before) => sql`t.at < ${before}::date` },
];
