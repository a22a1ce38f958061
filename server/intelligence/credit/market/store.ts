import { sql, type Tx } from "../../../platform/db/index.ts";
import { among, type Factors, rates } from "../rating/history-store.ts";
import type { Holding, Position } from "./rules.ts";

/** Customers with something to have or owe, or with positions of before; after an id. Worker role. */
export async function listHolders(tx: Tx, customerIds: readonly string[] | null, after: string | null, max: number): Promise<string[]> {
  const { rows } = await sql<{ customerId: string }>`
    select c.customer_id as "customerId" from customers.published_customer c
    where ${among(customerIds, after)}
      and (c.holding_count > 0 or exists (select from intelligence.market_position m where m.customer_id = c.customer_id))
    order by c.customer_id limit ${max}`.execute(tx);
  return rows.map(({ customerId }) => customerId);
}

export interface HolderRow {
  readonly customerId: string;
  readonly branchId: string | null;
  readonly incomeCurrency: string;
  readonly holdings: readonly Holding[];
}

/** What these customers have and owe at the newest rates. Income is in the money of most of their accounts. */
export async function readHoldings(tx: Tx, factors: Factors, customerIds: readonly string[], today: string): Promise<HolderRow[]> {
  const { rows } = await sql<HolderRow>`
    with ${rates(factors)}
    select c.customer_id as "customerId", c.branch_id as "branchId", coalesce(c.currency, min(h.currency)) as "incomeCurrency",
      jsonb_agg(jsonb_build_object('kind', h.kind, 'currency', h.currency, 'valueMinor', round(h.balance_minor * rate.per), 'yearlyRate', h.rate,
        'monthsLeft', case when h.matures_on is not null then greatest(0, round((h.matures_on - ${today}::date) / 30.4375, 1)) end)) as holdings
    from customers.published_customer c join customers.published_party p using (customer_id) join customers.published_account h using (party_id) join rate on rate.currency = h.currency
    where c.customer_id = any (${customerIds}::uuid[]) and h.status <> 'closed' and h.kind not in ('standing_order', 'insurance') and coalesce(h.balance_minor, 0) <> 0
    group by c.customer_id, c.branch_id, c.currency order by c.customer_id`.execute(tx);
  return rows;
}

export type PositionRow = Position & { readonly customerId: string; readonly branchId: string | null };

/** Puts these in place of what the customers had. Worker role. */
export async function savePositions(tx: Tx, customerIds: readonly string[], positions: readonly PositionRow[]): Promise<void> {
  await sql`delete from intelligence.market_position where customer_id = any (${customerIds}::uuid[])`.execute(tx);
  const rows = positions.map((one) => ({
    ...{ customer_id: one.customerId, currency: one.currency, branch_id: one.branchId, is_income: one.isIncome },
    ...{
      assets_minor: Math.round(one.assetsMinor),
      debts_minor: Math.round(one.debtsMinor),
      floating_minor: Math.round(one.floatingMinor),
    },
    ...{ duration_minor: one.durationMinor, convexity_minor: one.convexityMinor },
  }));
  await sql`
    insert into intelligence.market_position (customer_id, currency, branch_id, is_income, assets_minor, debts_minor, duration_minor, convexity_minor, floating_minor)
    select customer_id, currency, branch_id, is_income, assets_minor, debts_minor, duration_minor, convexity_minor, floating_minor
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) n (customer_id uuid, currency char(3), branch_id uuid, is_income boolean, assets_minor bigint,
      debts_minor bigint, duration_minor double precision, convexity_minor double precision, floating_minor bigint)
    order by customer_id, currency`.execute(tx);
}
