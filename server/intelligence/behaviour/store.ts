import { sql, type Tx } from "../../platform/db/index.ts";
import { monthNoSql } from "../facts/index.ts";
import { channels, uses } from "./contract.ts";

/** Of one customer in one month: counts, and minor units of the reporting currency. */
export type MonthRow = { readonly monthNo: number } & Readonly<Record<string, number>>;

const countColumns = ["in_count", "out_count", ...channels.map((name) => `${name}_count`)];
const moneyColumns = ["in_minor", "out_minor", ...uses.map((name) => `${name}_minor`)];

/** What was booked in each month from the first to the last; a month without bookings is not there. A currency without a rate counts, and is worth nothing. */
export async function readMonths(
  tx: Tx,
  customerId: string,
  { from, to, factors }: { readonly from: number; readonly to: number; readonly factors: ReadonlyMap<string, number> },
): Promise<MonthRow[]> {
  const sumsOf = [
    ...countColumns.map((name) => `coalesce(sum(m.${name}), 0)::float8 as ${name}`),
    ...moneyColumns.map((name) => `coalesce(sum(m.${name} * coalesce(x.factor, 0)), 0)::float8 as ${name}`),
  ];
  const { rows } = await sql<MonthRow>`
    select m.month_no::int as "monthNo", ${sql.raw(sumsOf.join(", "))}
    from customers.published_party p join intelligence.party_month m using (party_id)
      left join ${rates(factors)} on x.currency = m.currency
    where p.customer_id = ${customerId} and m.month_no between ${from}::int and ${to}::int
    group by 1 order by 1`.execute(tx);
  return rows;
}

/**
 * What lay on the customer's accounts, deposits and investments at the end of each month, below zero where accounts were: of each holding the last balance
 * known by then, while it was open. Months before the first known balance of any are not there.
 */
export async function readBalances(
  tx: Tx,
  customerId: string,
  { from, to, factors }: { readonly from: number; readonly to: number; readonly factors: ReadonlyMap<string, number> },
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ monthNo: number; balance: number }>`
    select n.month_no as "monthNo", sum(k.end_minor * coalesce(x.factor, 0))::float8 as balance
    from generate_series(${from}::int, ${to}::int) n (month_no)
      cross join (
        select o.holding_id, o.owner_party_id, o.currency, o.stated_balance_minor, ${sql.raw(monthNoSql("o.closed_on"))} as closed_no, ${sql.raw(monthNoSql("o.stated_balance_on"))} as stated_no
        from customers.published_party p join customers.published_holding o on o.party_id = p.party_id and o.owner_party_id = p.party_id
        where p.customer_id = ${customerId} and o.role = 'owner' and o.class = 'asset') h
      cross join lateral (
        select l.end_minor from (
          select m.month_no::int, m.end_minor from intelligence.holding_month m
          where m.party_id = h.owner_party_id and m.holding_id = h.holding_id and m.month_no <= n.month_no
          union all select h.stated_no, h.stated_balance_minor where h.stated_no <= n.month_no and h.stated_balance_minor is not null) l
        order by l.month_no desc limit 1) k
      left join ${rates(factors)} on x.currency = h.currency
    where h.closed_no is null or h.closed_no > n.month_no
    group by 1`.execute(tx);
  return new Map(rows.map(({ monthNo, balance }) => [monthNo, balance]));
}

const rates = (factors: ReadonlyMap<string, number>) =>
  sql`unnest(${[...factors.keys()]}::char(3)[], ${[...factors.values()]}::float8[]) as x (currency, factor)`;
