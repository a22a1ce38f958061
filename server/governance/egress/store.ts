import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import type { EgressClass } from "./contract.ts";

export interface BudgetRow {
  readonly class: EgressClass;
  readonly used: number;
  readonly limit: number;
  readonly extra: number;
}

export async function readBudget(tx: Tx, personId: string): Promise<BudgetRow[]> {
  const { rows } = await sql<BudgetRow>`${prepared}
    select c.class, coalesce(b.rows, 0)::int as used, governance.egress_limit(c.class)::int as "limit", coalesce(b.extra, 0)::int as extra
    from (values ('customer'), ('transaction')) as c (class)
      left join governance.egress_budget b on b.class = c.class and b.person_id = ${personId} and b.day = current_date
    order by 1`.execute(tx);
  return rows;
}

/** Only in the transaction that completed the approval of exactly this, as its maker. */
export async function raise(tx: Tx, of: EgressClass, rows: number): Promise<void> {
  await sql`select governance.raise_egress(${of}, ${rows})`.execute(tx);
}

export async function tellSpent(tx: Tx, of: EgressClass): Promise<void> {
  await sql`select governance.tell_spent(${of})`.execute(tx);
}
