import type { RawBuilder } from "kysely";
import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import { type Maturing, STANDING_CUSTOMERS_MAX, STANDING_PORTFOLIOS_MAX, type Standing } from "./contract.ts";

/** Whose customers: ids of the caller's own portfolios, or what the roles reach. The row policy decides again. */
export type Scope =
  | { readonly kind: "own"; readonly portfolioIds: readonly string[] }
  | { readonly kind: "reach"; readonly wholeBank: boolean; readonly unitIds: readonly string[] };

export interface StandingDays {
  readonly today: string;
  readonly quiet: number;
  readonly newcomer: number;
}

type Total = { currency: string; customers: number; assetsMinor: string; debtsMinor: string };
/** Money as text: a JSON number would be rounded. */
type Figures = Omit<Standing, "scope" | "complete" | "totals" | "portfolios"> & {
  totals: Total[];
  portfolios: (Omit<Standing["portfolios"][number], "totals"> & { totals: Total[] })[];
};

function within(scope: Scope): RawBuilder<boolean> {
  if (scope.kind === "own") return sql`c.portfolio_id = any (${scope.portfolioIds}::uuid[])`;
  return scope.wholeBank ? sql`true` : sql`c.branch_id = any (${scope.unitIds}::uuid[])`;
}

/** One pass over at most STANDING_CUSTOMERS_MAX + 1 customers; more than the bound means that the figures are those of a part. */
export async function readFigures(tx: Tx, scope: Scope, { today, quiet, newcomer }: StandingDays): Promise<Figures> {
  const { rows } = await sql<{ figures: Figures }>`
    with book as materialized (
      select c.portfolio_id, c.currency, c.assets_minor, c.debts_minor, c.holding_kinds, coalesce(c.in_arrears, false) as in_arrears,
        coalesce(c.last_transaction_on, '-infinity') <= ${today}::date - ${quiet}::int as quiet,
        coalesce(c.customer_since > ${today}::date - ${newcomer}::int, false) as newcomer
      from customers.customer c where ${within(scope)} limit ${STANDING_CUSTOMERS_MAX + 1}
    ), money as (
      select portfolio_id, currency, count(*) as customers, sum(assets_minor) as assets, sum(debts_minor) as debts
      from book where currency is not null group by 1, 2
    ), portfolio as (
      select b.portfolio_id, count(*) as customers, count(*) filter (where in_arrears) as in_arrears, count(*) filter (where quiet) as quiet
      from book b group by 1 order by count(*) desc, 1 limit ${STANDING_PORTFOLIOS_MAX}
    )
    select json_build_object(
      'customers', (select count(*) from book),
      'inArrears', (select count(*) from book where in_arrears),
      'quiet', (select count(*) from book where quiet),
      'newcomers', (select count(*) from book where newcomer),
      'totals', coalesce((
        select json_agg(json_build_object('currency', t.currency, 'customers', t.customers, 'assetsMinor', t.assets::text, 'debtsMinor', t.debts::text))
        from (select currency, sum(customers)::bigint as customers, sum(assets) as assets, sum(debts) as debts
          from money group by 1 order by 2 desc, 1 limit 50) t), '[]'),
      'kinds', coalesce((
        select json_agg(json_build_object('kind', k.kind, 'customers', k.customers))
        from (select kind, count(*) as customers from book, unnest(holding_kinds) as kind group by 1 order by 2 desc, 1 limit 50) k), '[]'),
      'portfolios', coalesce((
        select json_agg(json_build_object('portfolioId', p.portfolio_id, 'name', f.name, 'ownerName', u.display_name, 'customers', p.customers,
            'inArrears', p.in_arrears, 'quiet', p.quiet,
            'totals', coalesce((
              select json_agg(json_build_object('currency', m.currency, 'customers', m.customers, 'assetsMinor', m.assets::text, 'debtsMinor', m.debts::text)
                order by m.customers desc, m.currency)
              from money m where m.portfolio_id is not distinct from p.portfolio_id), '[]'))
          order by p.customers desc, f.code)
        from portfolio p left join governance.portfolio f using (portfolio_id) left join governance.app_user u on u.user_id = f.owner_user_id), '[]')
    ) as figures`.execute(tx);
  const figures = rows[0]?.figures;
  if (figures === undefined) throw new Error("an aggregate without a row");
  return figures;
}

/** The customer's name once a holding, whichever of its parties owns it. */
export async function listMaturing(
  tx: Tx,
  portfolioIds: readonly string[],
  today: string,
  days: number,
  limit: number,
): Promise<Maturing[]> {
  const { rows } = await sql<Maturing>`${prepared}
    select * from (
      select distinct on (h.holding_id) c.customer_id as "customerId", c.customer_no as "customerNo", c.full_name as "fullName", c.latin_name as "latinName",
        c.language, h.holding_id as "holdingId", h.kind, h.product_name as "productName", h.currency,
        coalesce(h.balance_minor, h.amount_minor) as "amountMinor", h.matures_on as "maturesOn"
      from customers.customer c
        join customers.party p using (customer_id)
        join customers.holding_role r on r.party_id = p.party_id and r.role in ('owner', 'joint_owner')
        join customers.holding h on h.holding_id = r.holding_id
      where c.portfolio_id = any (${portfolioIds}::uuid[]) and c.holding_kinds && array['term_deposit', 'investment']
        and h.class = 'asset' and h.status <> 'closed' and h.matures_on between ${today}::date and ${today}::date + ${days}::int
      order by h.holding_id, r.role = 'joint_owner', c.customer_id) found
    order by "maturesOn", "holdingId" limit ${limit}`.execute(tx);
  return rows;
}
