import { sql, type Tx } from "../../platform/db/index.ts";
import { type ProfitProduct, profitProducts } from "../value/contract.ts";
import { profitParts } from "../value/index.ts";

/**
 * The last twelve months of these customers in one row each; who is no customer any more has none. `worths` turns balances of the last month into the
 * reporting currency. Lifetime values and fifths of those who had a row stay until they are reckoned anew.
 */
export async function saveValues(
  tx: Tx,
  customerIds: readonly string[],
  { since, month, ownSince, worths }: { since: string; month: string; ownSince: string; worths: Readonly<Record<string, number>> },
): Promise<void> {
  const fields = [...profitParts, "volume_minor", "unpriced", "last_own_on", "own_count"];
  const columns = sql.raw(fields.join(", "));
  await sql`
    with worth as materialized (select key as currency, value::float8 as worth from jsonb_each_text(${JSON.stringify(worths)}::jsonb)), fresh as materialized (
      select c.customer_id, ${sql.raw(profitParts.map((part) => `coalesce(sum(m.${part}), 0)::bigint as ${part}`).join(", "))},
        coalesce(sum(round((m.asset_minor + m.deposit_minor)::float8 * w.worth)) filter (where m.month = ${month}::date), 0)::bigint as volume_minor,
        count(distinct m.holding_id) filter (where m.version_no is null)::int as unpriced, max(m.last_own_on) as last_own_on,
        coalesce(sum(m.own_count) filter (where m.month >= ${ownSince}::date), 0)::int as own_count
      from customers.published_customer c left join intelligence.holding_profit m on m.customer_id = c.customer_id and m.month between ${since}::date and ${month}::date
        left join worth w on w.currency = m.currency
      where c.customer_id = any (${customerIds}::uuid[]) group by 1
    ), gone as (
      delete from intelligence.customer_value v where v.customer_id = any (${customerIds}::uuid[])
        and not exists (select from customers.published_customer c where c.customer_id = v.customer_id)
    )
    insert into intelligence.customer_value as o (customer_id, month, ${columns})
    select customer_id, ${month}::date, ${columns} from fresh
    on conflict (customer_id) do update set month = excluded.month,
      ${sql.raw(fields.map((name) => `${name} = excluded.${name}`).join(", "))}
    where (o.month, ${sql.raw(fields.map((name) => `o.${name}`).join(", "))}) is distinct from (excluded.month, ${sql.raw(fields.map((name) => `excluded.${name}`).join(", "))})`.execute(
    tx,
  );
}

/** Months of holdings that no customer has any more, and values of customers that are gone. */
export async function forgetGone(tx: Tx, from: string): Promise<void> {
  await sql`delete from intelligence.holding_profit m where m.month < ${from}::date or not exists (
    select from customers.published_account h where h.party_id = m.party_id and h.holding_id = m.holding_id)`.execute(tx);
  await sql`delete from intelligence.customer_value v where not exists (select from customers.published_customer c where c.customer_id = v.customer_id)`.execute(
    tx,
  );
  await sql`delete from intelligence.customer_tier v where not exists (select from customers.published_customer c where c.customer_id = v.customer_id)`.execute(
    tx,
  );
}

/** The fifth of a value among those of the segment, by how many are smaller: `quintiles` of value/rfm.ts, and a test holds the two against each other. */
const fifth = (value: string) =>
  `(1 + least(4, 5 * (rank() over (partition by segment order by ${value} nulls first) - 1) / count(*) over (partition by segment)))::smallint`;

/** Fifths of everybody, in recency, frequency and margin; answers with whose are others than before. */
export async function saveRanks(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update intelligence.customer_value v set recency = x.recency, frequency = x.frequency, margin = x.margin
    from (
      select customer_id, ${sql.raw(fifth("last_own_on"))} as recency, ${sql.raw(fifth("own_count"))} as frequency, ${sql.raw(fifth("profit_minor"))} as margin
      from (select v.customer_id, coalesce(c.segment, c.kind) collate "C" as segment, v.last_own_on, v.own_count, v.profit_minor
        from intelligence.customer_value v join customers.published_customer c using (customer_id)) ranked
    ) x
    where v.customer_id = x.customer_id and (v.recency, v.frequency, v.margin) is distinct from (x.recency, x.frequency, x.margin)
    returning v.customer_id as id`.execute(tx);
  return rows.map(({ id }) => id);
}

// ---------------------------------------------------------------- lifetime values

export interface LifetimeRow {
  readonly customerId: string;
  readonly segment: string;
  readonly tenureMonths: number;
  /** Earned by payments, in all months kept; and by everything else, in the last twelve. */
  readonly paymentsMinor: number;
  readonly otherMinor: number;
  /** Months of these twelve in which something was open. */
  readonly months: number;
  readonly products: readonly ProfitProduct[];
  /** Days with transactions of one's own, and where in the months kept they lie; days counted from the first one to the end. */
  readonly activeDays: number;
  readonly lastDay: number;
  readonly observedDays: number;
}

const lifetimeColumns = (since: string, until: string) => sql`
  c.customer_id as "customerId", coalesce(c.segment, c.kind) as segment,
  greatest(0, (${until}::date - coalesce(c.customer_since, min(m.month), ${until}::date)) / 30.4375)::int as "tenureMonths",
  coalesce(sum(m.interchange + m.exchange_margin), 0)::float8 as "paymentsMinor",
  coalesce(sum(m.asset_margin + m.deposit_margin + m.fees + m.activity_cost + m.expected_loss + m.capital_charge) filter (where m.month >= ${since}::date), 0)::float8 as "otherMinor",
  count(distinct m.month) filter (where m.month >= ${since}::date)::int as months,
  coalesce(array_agg(distinct m.product) filter (where m.month = (${until}::date - interval '1 month')::date), '{}') as products,
  coalesce(sum(m.own_days), 0)::int as "activeDays", coalesce(max(m.last_own_on) - min(m.first_own_on), 0) as "lastDay",
  coalesce(${until}::date - min(m.first_own_on), 0) as "observedDays"`;

/** What a lifetime value is reckoned from. */
export async function readLifetimes(tx: Tx, customerIds: readonly string[], since: string, until: string): Promise<LifetimeRow[]> {
  const { rows } = await sql<LifetimeRow>`
    select ${lifetimeColumns(since, until)} from customers.published_customer c left join intelligence.holding_profit m using (customer_id)
    where c.customer_id = any (${customerIds}::uuid[]) group by c.customer_id, c.segment, c.kind, c.customer_since`.execute(tx);
  return rows;
}

/** Every so many-th customer with transactions of one's own, to learn from; the same ones each time. */
export async function readTeachers(tx: Tx, since: string, until: string, limit: number): Promise<LifetimeRow[]> {
  const { rows } = await sql<LifetimeRow>`
    select ${lifetimeColumns(since, until)} from (select * from customers.published_customer order by hashint8(hashtextextended(customer_id::text, 7)) limit ${limit}) c
      join intelligence.holding_profit m using (customer_id)
    group by c.customer_id, c.segment, c.kind, c.customer_since having sum(m.own_days) > 0 order by 1`.execute(tx);
  return rows;
}

export interface TenureBand {
  /** Years since the customer came, from here on. */
  readonly fromYears: number;
  readonly months: number;
  readonly left: number;
}

/** Customer-months lived in each band of tenure within the window, and how many left there: closed all they had. */
export async function readLeaving(tx: Tx, from: string, until: string, bands: readonly number[]): Promise<TenureBand[]> {
  const { rows } = await sql<TenureBand>`
    with life as (
      select p.customer_id, min(h.opened_on) as starts, case when bool_and(h.status = 'closed' and h.closed_on is not null) then max(h.closed_on) end as ends
      from customers.published_party p join customers.published_account h using (party_id)
      where h.kind <> 'standing_order' and h.opened_on is not null group by 1
    ), band as (
      select years, lead(years, 1, 200) over (order by years) as until_years from unnest(${bands}::int[]) years
    )
    select b.years as "fromYears", sum(greatest(0, least(coalesce(l.ends, ${until}::date), ${until}::date, l.starts + b.until_years * 365)
        - greatest(l.starts + b.years * 365, ${from}::date)) / 30.4375)::float8 as months,
      count(*) filter (where l.ends >= ${from}::date and l.ends < ${until}::date and l.ends - l.starts >= b.years * 365 and l.ends - l.starts < b.until_years * 365)::int as left
    from band b cross join life l where l.starts < ${until}::date group by 1 order by 1`.execute(tx);
  return rows;
}

export interface Adoption {
  readonly segment: string;
  readonly product: ProfitProduct;
  /** Customers without it a year ago, and how many of them opened one since. */
  readonly without: number;
  readonly opened: number;
  /** Average profit of twelve months of those who have it. */
  readonly marginMinor: number;
}

/** Who took what within the last twelve months, by segment and product. */
export async function readAdoption(tx: Tx, since: string, until: string): Promise<Adoption[]> {
  const { rows } = await sql<Adoption>`
    with had as (
      select c.customer_id, coalesce(c.segment, c.kind) as segment, h.kind as product, bool_or(h.opened_on < ${since}::date) as before,
        bool_or(h.opened_on >= ${since}::date and h.opened_on < ${until}::date) as since
      from customers.published_customer c join customers.published_party p using (customer_id) join customers.published_account h using (party_id)
      where h.kind = any (${profitProducts}::text[]) group by 1, 2, 3
    ), people as (
      select coalesce(segment, kind) as segment, count(*)::int as n from customers.published_customer group by 1
    ), margin as (
      select coalesce(c.segment, c.kind) as segment, m.product, sum(m.asset_margin + m.deposit_margin + m.fees + m.interchange + m.exchange_margin + m.activity_cost
        + m.expected_loss + m.capital_charge)::float8 / count(distinct m.customer_id) as a_year
      from intelligence.holding_profit m join customers.published_customer c using (customer_id) where m.month >= ${since}::date group by 1, 2
    )
    select h.segment, h.product, p.n - count(*) filter (where h.before)::int as without, count(*) filter (where h.since and not h.before)::int as opened,
      coalesce(max(g.a_year), 0) as "marginMinor"
    from had h join people p using (segment) left join margin g using (segment, product) group by h.segment, h.product, p.n order by 1, 2 limit 5000`.execute(
    tx,
  );
  return rows;
}

/** On the worker. What the newest model knows of who has and takes which product; nothing before the first. */
export async function readNewestAdoption(tx: Tx): Promise<readonly Adoption[]> {
  const { rows } = await sql<{ adoption: readonly Adoption[] | null }>`
    select body -> 'adoption' as adoption from intelligence.value_model order by month desc limit 1`.execute(tx);
  return rows[0]?.adoption ?? [];
}

export async function findModel(tx: Tx, month: string): Promise<unknown> {
  const { rows } = await sql<{ body: unknown }>`select body from intelligence.value_model where month = ${month}`.execute(tx);
  return rows[0]?.body ?? null;
}

export async function saveModel(tx: Tx, month: string, body: unknown): Promise<void> {
  await sql`insert into intelligence.value_model (month, body) values (${month}, ${JSON.stringify(body)}::jsonb)
    on conflict (month) do update set body = excluded.body, learned_at = now()`.execute(tx);
}

export interface Lifetime {
  readonly customerId: string;
  readonly lifetimeMinor: number;
  readonly activityMinor: number;
  readonly potentialMinor: number;
  readonly stays: number;
}

export async function saveLifetimes(tx: Tx, values: readonly Lifetime[]): Promise<void> {
  const whole = (pick: (value: Lifetime) => number) => values.map((value) => Math.round(pick(value)));
  await sql`
    update intelligence.customer_value v set lifetime_minor = x.lifetime, activity_minor = x.activity, potential_minor = x.potential, stays = x.stays
    from unnest(${values.map(({ customerId }) => customerId)}::uuid[], ${whole(({ lifetimeMinor }) => lifetimeMinor)}::bigint[],
      ${whole(({ activityMinor }) => activityMinor)}::bigint[], ${whole(({ potentialMinor }) => potentialMinor)}::bigint[],
      ${values.map(({ stays }) => stays)}::real[]) as x (customer_id, lifetime, activity, potential, stays)
    where v.customer_id = x.customer_id and (v.lifetime_minor, v.activity_minor, v.potential_minor, v.stays)
      is distinct from (x.lifetime, x.activity, x.potential, x.stays)`.execute(tx);
}

/** Whether the rows that stand are of an earlier month, or there are none. */
export async function isBehind(tx: Tx, month: string): Promise<boolean> {
  const { rows } = await sql<{ behind: boolean }>`
    select coalesce(min(month) < ${month}::date, true) as behind from intelligence.customer_value`.execute(tx);
  return rows[0]?.behind ?? true;
}

/** What facts are told, one row a customer, columns named as the facts are; customerIds null: of everybody. */
export const valueRows = (customerIds: readonly string[] | null) => sql`
  select v.customer_id, t.tier, v.profit_minor, v.lifetime_minor as lifetime_value_minor, v.potential_minor,
    v.recency::text || v.frequency::text || v.margin::text as rfm
  from intelligence.customer_value v left join intelligence.customer_tier t using (customer_id)
  ${customerIds === null ? sql`` : sql`where v.customer_id = any (${customerIds}::uuid[])`}`;
