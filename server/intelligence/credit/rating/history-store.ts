import { sql, type Tx } from "../../../platform/db/index.ts";
import { monthNoSql } from "../../facts/index.ts";
import type { CreditHistory, Line, MoneyMonth, Plan } from "../behaviour.ts";

/** What one minor unit of a currency is in minor units of the reporting currency. */
export type Factors = ReadonlyMap<string, number>;

/** The same as a part of a query. */
export const rates = (factors: Factors) =>
  sql`rate as materialized (select * from unnest(${[...factors.keys()]}::text[], ${[...factors.values()]}::float8[]) r (currency, per))`;

/** Months count from year 0, as in behaviour.ts. */
const monthOf = (day: string) => sql.raw(monthNoSql(day));

const EPOCH = sql`date '1970-01-01'`;
// What comes in but was the customer's already, or is borrowed.
const NOT_INCOMING = ["loan_payout", "deposit", "savings", "interest", "card_payment"];
const INCOME = ["salary", "pension", "allowance", "invoice", "income", "wages"];

/**
 * What moved since `from` (inclusive) for these customers, by the rows the caller may see; every customer asked for has an entry. Amounts in
 * minor units of the reporting currency; accounts in a currency without a rate are left out.
 */
export async function readHistories(
  tx: Tx,
  factors: Factors,
  customerIds: readonly string[],
  from: string,
): Promise<Map<string, CreditHistory>> {
  const months = await readMonths(tx, factors, customerIds, from);
  const plans = await readPlans(tx, factors, customerIds);
  const lines = await readLines(tx, factors, customerIds, from);
  const { rows } = await sql<{ customerId: string; sinceDay: number | null }>`
    select customer_id as "customerId", customer_since - ${EPOCH} as "sinceDay" from customers.published_customer where customer_id = any (${customerIds}::uuid[])`.execute(
    tx,
  );
  return new Map(
    rows.map(({ customerId, sinceDay }) => [
      customerId,
      {
        sinceDay,
        months: months.get(customerId) ?? [],
        plans: plans.get(customerId) ?? [],
        lines: lines.get(customerId) ?? [],
      },
    ]),
  );
}

type Owned<T> = T & { readonly customerId: string };

function byCustomer<T>(rows: readonly Owned<T>[]): Map<string, Owned<T>[]> {
  return Map.groupBy(rows, ({ customerId }) => customerId);
}

/** Where a bank's files name no categories, whatever comes in counts as income. */
async function readMonths(tx: Tx, factors: Factors, customerIds: readonly string[], from: string) {
  const { rows } = await sql<Owned<MoneyMonth>>`
    with ${rates(factors)}, account as materialized (
      select p.customer_id, h.party_id, h.holding_id, h.kind, rate.per
      from customers.published_party p join customers.published_account h using (party_id) join rate on rate.currency = h.currency
      where p.customer_id = any (${customerIds}::uuid[]) and h.kind in ('current_account', 'savings_account')
    ), moved as (
      select a.customer_id, ${monthOf("t.booked_on")} as month, a.kind, a.per,
        sum(t.amount_minor) filter (where t.amount_minor > 0 and coalesce(t.category, '') <> all (${NOT_INCOMING})) as came,
        sum(t.amount_minor) filter (where t.amount_minor > 0 and (t.category is null or t.category = any (${INCOME}))) as income,
        -sum(t.amount_minor) filter (where t.amount_minor < 0 and coalesce(t.category, '') <> all (${["deposit", "savings"]})) as went,
        -sum(t.amount_minor) filter (where t.amount_minor < 0 and (t.category = 'cash' or t.channel = 'atm')) as cash,
        min(t.balance_after_minor) as lowest, avg(t.balance_after_minor) as mean
      from account a join customers.published_booking t on t.party_id = a.party_id and t.holding_id = a.holding_id
      where t.booked_on >= ${from}::date
      group by a.customer_id, month, a.holding_id, a.kind, a.per
    )
    select customer_id as "customerId", month,
      coalesce(sum(came * per) filter (where kind = 'current_account'), 0)::float8 as "inMinor",
      coalesce(sum(income * per) filter (where kind = 'current_account'), 0)::float8 as "incomeMinor",
      coalesce(sum(went * per) filter (where kind = 'current_account'), 0)::float8 as "outMinor",
      coalesce(sum(cash * per), 0)::float8 as "cashMinor",
      coalesce(sum(lowest * per) filter (where kind = 'current_account'), 0)::float8 as "lowestMinor",
      coalesce(sum(mean * per), 0)::float8 as "meanMinor"
    from moved group by customer_id, month order by customer_id, month`.execute(tx);
  return byCustomer(rows);
}

type PlanRow = Omit<Plan, "payments"> & { readonly payments: readonly (readonly [number, number])[] | null };

async function readPlans(tx: Tx, factors: Factors, customerIds: readonly string[]) {
  const { rows } = await sql<Owned<PlanRow>>`
    with ${rates(factors)}, debt as materialized (
      select p.customer_id, h.*, rate.per, abs(coalesce(h.amount_minor, 0)) as principal,
        greatest(1, round((h.matures_on - h.opened_on) / 30.4375))::int as months, coalesce(h.rate, 0)::float8 / 12 as monthly
      from customers.published_party p join customers.published_account h using (party_id) join rate on rate.currency = h.currency
      where p.customer_id = any (${customerIds}::uuid[]) and h.kind in ('loan', 'mortgage') and h.opened_on is not null
    )
    select d.customer_id as "customerId", d.opened_on - ${EPOCH} as "openedDay",
      coalesce(d.closed_on, case when d.status = 'closed' or d.balance_minor >= 0 then coalesce(d.last_transaction_on, d.opened_on) end) - ${EPOCH} as "repaidDay",
      d.principal * d.per as "principalMinor",
      d.per * case when d.months is null then 0 when d.monthly = 0 then d.principal::float8 / d.months
        else d.principal * d.monthly / (1 - (1 + d.monthly) ^ (-d.months)) end as "instalmentMinor",
      case when d.last_transaction_on is not null then coalesce((
        select jsonb_agg(jsonb_build_array(t.booked_on - ${EPOCH}, round(-d.per * coalesce(t.balance_after_minor, t.running))) order by t.booked_on, t.line_no)
        from (select t.*, sum(t.amount_minor) over (order by t.booked_on, t.line_no) - d.principal as running
          from customers.published_booking t where t.party_id = d.party_id and t.holding_id = d.holding_id) t
        where t.amount_minor > 0), '[]') end as payments
    from debt d order by d.customer_id, d.holding_id`.execute(tx);
  return byCustomer(
    rows.map((row) => ({ ...row, payments: row.payments?.map(([day, owedAfterMinor]) => ({ day, owedAfterMinor })) ?? null })),
  );
}

type LineRow = Omit<Line, "drawn"> & { readonly drawn: readonly (readonly [number, number])[] };

async function readLines(tx: Tx, factors: Factors, customerIds: readonly string[], from: string) {
  const { rows } = await sql<Owned<LineRow>>`
    with ${rates(factors)}, line as materialized (
      select p.customer_id, h.*, rate.per from customers.published_party p join customers.published_account h using (party_id) join rate on rate.currency = h.currency
      where p.customer_id = any (${customerIds}::uuid[]) and h.kind in ('card', 'credit_line') and h.amount_minor > 0 and h.status <> 'closed'
        and h.balance_minor is not null
    )
    select l.customer_id as "customerId", coalesce(l.opened_on, ${from}::date) - ${EPOCH} as "openedDay", l.amount_minor * l.per as "limitMinor",
      coalesce((select jsonb_agg(jsonb_build_array(month, round(greatest(0, -balance_after_minor) * l.per)) order by month) from (
        select distinct on (${monthOf("t.booked_on")}) ${monthOf("t.booked_on")} as month, t.balance_after_minor from customers.published_booking t
        where t.party_id = l.party_id and t.holding_id = l.holding_id and t.booked_on >= ${from}::date and t.balance_after_minor is not null
        order by ${monthOf("t.booked_on")}, t.booked_on desc, t.line_no desc) m), '[]') as drawn
    from line l order by l.customer_id, l.holding_id`.execute(tx);
  return byCustomer(rows.map((row) => ({ ...row, drawn: row.drawn.map(([month, drawnMinor]) => ({ month, drawnMinor })) })));
}

/** Of customers `c` those named (null: all) after an id, in words a plan can use: asked as one question, each batch would go over the whole bank. */
export const among = (customerIds: readonly string[] | null, after: string | null) => sql`
  ${after === null ? sql`true` : sql`c.customer_id > ${after}`} and ${customerIds === null ? sql`true` : sql`c.customer_id = any (${customerIds}::uuid[])`}`;

/** Customers who owe, or might: after an id, in its order. `customerIds` null: all of the bank. */
export async function listDebtors(tx: Tx, customerIds: readonly string[] | null, after: string | null, max: number): Promise<string[]> {
  const { rows } = await sql<{ customerId: string }>`
    select c.customer_id as "customerId" from customers.published_customer c
    where ${among(customerIds, after)}
      and (exists (select from customers.published_party p join customers.published_account h using (party_id) where p.customer_id = c.customer_id
          and (h.kind in ('loan', 'mortgage', 'credit_line') or h.kind = 'card' and h.amount_minor > 0 or h.kind = 'current_account' and h.balance_minor < 0))
        or exists (select from intelligence.credit_rating r where r.customer_id = c.customer_id))
    order by c.customer_id limit ${max}`.execute(tx);
  return rows.map(({ customerId }) => customerId);
}
