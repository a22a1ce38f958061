import { sql, type Tx } from "../../platform/db/index.ts";
import { profitParts } from "../value/index.ts";
import { cardRows, partColumns, partNames, priced, type RateCard } from "./price-store.ts";

export interface Window {
  /** First day of the first month kept. */
  readonly from: string;
  /** First day after the last whole month. */
  readonly until: string;
}

/** Customers in the order of their ids, behind `after`. */
export async function listCustomerIds(tx: Tx, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from customers.published_customer where ${after}::uuid is null or customer_id > ${after}::uuid order by customer_id limit ${limit}`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

/** Words for what transactions are, in the categories and channels sources use. */
const feeWords = ["fee", "fees", "charge", "charges", "commission"];
const exchangeWords = ["remittance", "foreign_exchange", "currency_exchange", "fx"];
const cardChannels = ["pos", "card", "ecommerce"];
/** Not begun by the customer: what the bank or a standing instruction does. */
const unownChannels = ["bank", "standing_order", "direct_debit", "system", "interest"];

/** The months of the window: first day, first day after, length, and the number by which months are told apart without reckoning with dates. */
const calendar = ({ from, until }: Window) => sql`
  calendar as materialized (
    select g.month::date as month, g.next::date as next, g.next::date - g.month::date as days,
      (extract(year from g.month) * 12 + extract(month from g.month))::int as month_no
    from (select d as month, d + interval '1 month' as next from generate_series(${from}::date::timestamp, ${until}::date - interval '1 day', interval '1 month') d) g
  )`;

/**
 * Their holdings within the window, as `h`. The balance a source states of a holding, without telling more, counts on its day; one of after the window
 * where nothing was booked between.
 */
export const owned = (customerIds: readonly string[], { from, until }: Window) => sql`
  h as materialized (
    select p.customer_id, h.party_id, h.holding_id, h.kind as product, h.currency, h.rate::float8 as customer_rate,
      case when h.matures_on > h.opened_on then greatest(1, round((h.matures_on - h.opened_on) / 30.4375))::int end as term_months,
      h.status in ('in_arrears', 'defaulted') as in_arrears, h.opened_on, h.closed_on,
      (extract(year from h.opened_on) * 12 + extract(month from h.opened_on))::int as opened_no,
      case when h.kind in ('card', 'credit_line') then greatest(coalesce(h.amount_minor, 0), 0) else 0 end as limit_minor, stated.*
    from customers.published_party p join customers.published_account h on h.party_id = p.party_id
      left join lateral (select h.stated_balance_on as stated_on, h.stated_balance_minor as stated_minor
        where h.stated_balance_on < ${until}::date or coalesce(h.last_transaction_on, '-infinity') < ${until}::date) stated on true
    where p.customer_id = any (${customerIds}::uuid[]) and h.kind <> 'standing_order' and h.status <> 'pending'
      and coalesce(h.opened_on, '-infinity') < ${until}::date and coalesce(h.closed_on, 'infinity') >= ${from}::date
  )`;

const booked = ({ from, until }: Window) => sql`
  t as materialized (
    select h.holding_id, t.booked_on, date_trunc('month', t.booked_on)::date as month, t.amount_minor, t.balance_after_minor, t.category, t.load_no, t.line_no,
      coalesce(t.channel, 'other') as channel, h.product
    from h join customers.published_booking t on t.party_id = h.party_id and t.holding_id = h.holding_id
    where t.booked_on >= ${from}::date and t.booked_on < ${until}::date
  )`;

/**
 * Balances as steps: the newest word of each day, of a delivered balance, of the running balance after a transaction, of what the source states. What was
 * there before the first word is taken from it: its balance before the transaction, else the balance itself.
 */
const steps = ({ from, until }: Window) => sql`
  daily as (
    select distinct on (holding_id, booked_on) holding_id, booked_on as day, balance_after_minor as amount from t
    where balance_after_minor is not null order by holding_id, booked_on, load_no desc, line_no desc
  ), before_first as (
    select distinct on (holding_id) holding_id, booked_on as day, balance_after_minor - amount_minor as amount from t
    where balance_after_minor is not null order by holding_id, booked_on, load_no, line_no
  ), delivered as (
    select b.holding_id, b.balance_on as day, max(b.amount_minor) as amount from h join customers.published_balance b on b.party_id = h.party_id and b.holding_id = h.holding_id
    where b.kind in ('booked', 'outstanding', 'market_value') and b.balance_on < ${until}::date group by 1, 2
  ), words as (
    select holding_id, day, amount, 1 as place from delivered
    union all select holding_id, day, amount, 2 from daily
    union all select holding_id, stated_on, stated_minor, 3 from h where stated_on is not null and stated_minor is not null
  ), known as (
    select distinct on (holding_id, day) holding_id, day, amount from words order by holding_id, day, place
  ), first_word as (
    select distinct on (k.holding_id) k.holding_id, coalesce(b.amount, k.amount) as amount, k.day
    from known k left join before_first b on b.holding_id = k.holding_id and b.day = k.day order by k.holding_id, k.day
  ), points as (
    select holding_id, day, amount from known
    union all
    select f.holding_id, greatest(coalesce(h.opened_on, ${from}::date), ${from}::date), f.amount from first_word f join h using (holding_id)
    where f.day > greatest(coalesce(h.opened_on, ${from}::date), ${from}::date)
  ), spans as (
    select s.holding_id, greatest(s.day, ${from}::date) as starts, least(s.ends, ${until}::date, coalesce(h.closed_on + 1, ${until}::date)) as ends, s.amount
    from (select holding_id, day, amount, coalesce(lead(day) over (partition by holding_id order by day), ${until}::date) as ends from points) s
      join h using (holding_id)
  ), average as (
    select s.holding_id, g.month,
      round(sum(greatest(-s.amount, 0) * (least(s.ends, g.next) - greatest(s.starts, g.month))) / max(g.days))::bigint as asset_minor,
      round(sum(greatest(s.amount, 0) * (least(s.ends, g.next) - greatest(s.starts, g.month))) / max(g.days))::bigint as deposit_minor
    from spans s join calendar g on s.starts < g.next and s.ends > g.month where s.starts < s.ends group by 1, 2
  )`;

const doings = sql`
  by_channel as (
    select holding_id, month, channel, count(*)::int as n,
      coalesce(sum(-amount_minor) filter (where category = any (${feeWords}::text[])), 0)::bigint as fees,
      coalesce(sum(-amount_minor) filter (where amount_minor < 0 and (channel = any (${cardChannels}::text[])
        or (product = 'card' and category is distinct from 'cash' and category is distinct from 'interest' and category <> all (${feeWords}::text[])))), 0)::bigint as spend,
      coalesce(sum(abs(amount_minor)) filter (where category = any (${exchangeWords}::text[])), 0)::bigint as exchanged
    from t group by 1, 2, 3
  ), doing as (
    select holding_id, month, jsonb_object_agg(channel, n) as activities, sum(fees)::bigint as fees, sum(spend)::bigint as spend, sum(exchanged)::bigint as exchanged
    from by_channel group by 1, 2
  ), own as (
    select holding_id, month, count(*)::int as n, count(distinct booked_on)::smallint as days, min(booked_on) as first_on, max(booked_on) as last_on
    from t where channel <> all (${unownChannels}::text[]) group by 1, 2
  )`;

const inputs = ({ from, until }: Window) => sql`
  m as (
    select h.party_id, h.holding_id, g.month, h.customer_id, h.product, h.currency, coalesce(a.asset_minor, 0) as asset_minor,
      coalesce(a.deposit_minor, 0) as deposit_minor, greatest(h.limit_minor - coalesce(a.asset_minor, 0), 0) as undrawn_minor, h.customer_rate, h.term_months,
      g.month_no - h.opened_no as months_open,
      h.in_arrears, coalesce(o.fees, 0) as fees_minor, coalesce(o.spend, 0) as card_spend_minor, coalesce(o.exchanged, 0) as exchange_minor,
      coalesce(o.activities, '{}') as activities, coalesce(w.n, 0) as own_count, coalesce(w.days, 0)::smallint as own_days, w.first_on as first_own_on, w.last_on as last_own_on
    from h join calendar g on g.next > coalesce(h.opened_on, ${from}::date) and g.month <= coalesce(h.closed_on, ${until}::date)
      left join average a on a.holding_id = h.holding_id and a.month = g.month
      left join doing o on o.holding_id = h.holding_id and o.month = g.month
      left join own w on w.holding_id = h.holding_id and w.month = g.month
  )`;

const inputNames = [
  ...[
    "customer_id",
    "product",
    "currency",
    "asset_minor",
    "deposit_minor",
    "undrawn_minor",
    "customer_rate",
    "term_months",
    "months_open",
    "in_arrears",
  ],
  ...["fees_minor", "card_spend_minor", "exchange_minor", "activities", "own_count", "own_days", "first_own_on", "last_own_on"],
];
const written = [...inputNames, "version_no", ...profitParts];
const names = (alias: string) => sql.raw(written.map((name) => `${alias}${name}`).join(", "));

/**
 * What the holdings of these customers did in the months of the window, and what they earned; months that are no longer true go. Only months that did
 * otherwise than what stands, or stand under another version, are priced and written: whoever changes a formula takes the versions off the months, in a
 * migration.
 */
export async function saveMonths(tx: Tx, customerIds: readonly string[], window: Window, card: RateCard): Promise<void> {
  const given = (alias: string) => sql.raw(inputNames.map((name) => `${alias}.${name}`).join(", "));
  await sql`
    with ${cardRows(card)}, ${calendar(window)}, ${owned(customerIds, window)}, ${booked(window)}, ${steps(window)}, ${doings}, ${inputs(window)}, stood as (
      select o.* from intelligence.holding_profit o where o.party_id = any (array(select distinct party_id from h))
      union all select o.* from intelligence.holding_profit o
        where o.customer_id = any (${customerIds}::uuid[]) and not exists (select from h where h.party_id = o.party_id)
    ), other as materialized (
      select o.party_id as gone_party_id, o.holding_id as gone_holding_id, o.month as gone_month, m.*
      from (select m.*, d.version from m join card_month d on d.month = m.month) m
        full join stood o on (o.party_id, o.holding_id, o.month) = (m.party_id, m.holding_id, m.month)
      where m.month is null or o.month is null or o.version_no is distinct from m.version or (${given("o")}) is distinct from (${given("m")})
    ), fresh as materialized (
      select m.*, k.version as version_no, ${partColumns} from other m ${priced} where m.month is not null
    ), gone as (
      delete from intelligence.holding_profit o using other x
      where x.month is null and (o.party_id, o.holding_id, o.month) = (x.gone_party_id, x.gone_holding_id, x.gone_month)
    )
    insert into intelligence.holding_profit as o (party_id, holding_id, month, ${names("")})
    select party_id, holding_id, month, ${names("f.")} from fresh f order by party_id, holding_id, month
    on conflict (party_id, holding_id, month) do update set ${sql.raw(written.map((name) => `${name} = excluded.${name}`).join(", "))}
    where (${names("o.")}) is distinct from (${names("excluded.")})`.execute(tx);
}

/** Prices the months that stand anew; nothing else is looked at. */
export async function repriceMonths(tx: Tx, customerIds: readonly string[], card: RateCard): Promise<void> {
  await sql`
    with ${cardRows(card)}, fresh as materialized (
      select m.party_id, m.holding_id, m.month, k.version as version_no, ${partColumns}
      from intelligence.holding_profit m ${priced} where m.customer_id = any (${customerIds}::uuid[])
    )
    update intelligence.holding_profit o set (version_no, ${partNames}) = (f.version_no, ${sql.raw(profitParts.map((part) => `f.${part}`).join(", "))})
    from fresh f where (o.party_id, o.holding_id, o.month) = (f.party_id, f.holding_id, f.month)
      and (o.version_no, ${sql.raw(profitParts.map((part) => `o.${part}`).join(", "))}) is distinct from (f.version_no, ${sql.raw(profitParts.map((part) => `f.${part}`).join(", "))})`.execute(
    tx,
  );
}

/** What a version changes in the last twelve months of these customers, by the parameters that do it; to be called before months are priced anew. */
export async function saveEffects(
  tx: Tx,
  customerIds: readonly string[],
  { versionNo, since, after, exchanged }: { versionNo: number; since: string; after: RateCard; exchanged: RateCard },
): Promise<void> {
  const whole = (alias: string) => sql.raw(`sum(${profitParts.map((part) => `${alias}.${part}`).join(" + ")})::bigint`);
  const moved = (...parts: (typeof profitParts)[number][]) =>
    sql.raw(`sum(${parts.map((part) => `n.${part} - e.${part}`).join(" + ")})::bigint`);
  const pricedBy = (card: RateCard) => sql`(
    with ${cardRows(card)} select m.party_id, m.holding_id, m.month, ${partColumns} from stood m ${priced})`;
  await sql`
    with stood as materialized (
      select * from intelligence.holding_profit where customer_id = any (${customerIds}::uuid[]) and month >= ${since}::date
    )
    insert into intelligence.parameter_effect (version_no, customer_id, before_minor, after_minor, currency_minor, rates_minor, income_minor, costs_minor,
      losses_minor, acquisition_minor, capital_minor)
    select ${versionNo}::int, s.customer_id, ${whole("s")}, ${whole("n")}, ${whole("e")} - ${whole("s")}, ${moved("asset_margin", "deposit_margin")},
      ${moved("fees", "interchange", "exchange_margin")}, ${moved("activity_cost")}, ${moved("expected_loss")}, ${moved("acquisition_cost")}, ${moved("capital_charge")}
    from stood s join ${pricedBy(after)} n using (party_id, holding_id, month) join ${pricedBy(exchanged)} e using (party_id, holding_id, month)
    group by s.customer_id having ${whole("n")} <> ${whole("s")} or ${whole("e")} <> ${whole("s")}
    on conflict do nothing`.execute(tx);
}

/** One batch of months is written at a time. */
export async function holdMonths(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('intelligence.holding_profit'))`.execute(tx);
}
