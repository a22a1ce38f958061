import { sql, type Tx } from "../../platform/db/index.ts";
import { buckets, meanings } from "./buckets.ts";

const names = sql.raw(Object.keys(buckets).join(", "));
const values = sql.raw(
  Object.entries(buckets)
    .map(([name, value]) => `${value} as ${name}`)
    .join(",\n      "),
);
const monthOf = (day: string) => sql.raw(`(extract(year from ${day})::int * 12 + extract(month from ${day})::int - 1)::smallint`);

type Sql = ReturnType<typeof sql>;

const meant = sql.raw(
  Object.entries(meanings)
    .map(([name, value]) => `coalesce(${value}, false) as ${name}`)
    .join(", "),
);

/** `booked`: a common table expression of that name. */
const bookings = (booked: Sql) => sql`
  with booked as ${booked}, pairs as materialized (
    select coalesce(raw.channel, '') as channel, coalesce(raw.category, '') as category, ${meant}
    from (select channel, category, replace(lower(channel), ' ', '_') as channel_word, replace(lower(category), ' ', '_') as category_word
      from booked group by channel, category) raw
      cross join lateral (select raw.channel_word as channel, raw.category_word as category) n
  )
  insert into intelligence.party_month (party_id, month_no, currency, ${names})
  select t.party_id, ${monthOf("t.booked_on")} as month_no, t.currency, ${values}
  from booked t join customers.published_party p on p.party_id = t.party_id
    join pairs w on w.channel = coalesce(t.channel, '') and w.category = coalesce(t.category, '')
  group by 1, 2, 3`;

/** One row a day and origin; the last of a month is its end. On one day a balance row comes before what a booking left behind. */
const balances = (booked: Sql, stated: Sql) => sql`
  insert into intelligence.holding_month (party_id, holding_id, month_no, end_minor, low_minor)
  select party_id, holding_id, month_no, last_value[array_upper(last_value, 1)], low_minor
  from (
    select party_id, holding_id, ${monthOf("day")} as month_no, max(array[day - date '1970-01-01', place, load_no, line_no, amount_minor]) as last_value, min(amount_minor) as low_minor
    from (
      select party_id, holding_id, booked_on as day, 0 as place, load_no, line_no, balance_after_minor as amount_minor from ${booked} b where balance_after_minor is not null
      union all
      select party_id, holding_id, balance_on, case kind when 'booked' then 3 when 'market_value' then 2 else 1 end, 0, 0, amount_minor from ${stated} s
    ) known group by 1, 2, 3
  ) ends`;

const between = (view: Sql, day: Sql) =>
  sql`(select v.* from taken_month w join ${view} v on v.party_id = w.party_id and ${day} >= w.first_on and ${day} <= w.last_on)`;

/**
 * Counts the months of `taken_days` (see takeChanges) anew, from what is booked now: what was there before plays no part. Whole months, whatever days
 * are named.
 */
export async function recountTaken(tx: Tx): Promise<void> {
  await sql`create temp table if not exists taken_month (party_id uuid primary key, first_on date not null, last_on date not null) on commit delete rows`.execute(
    tx,
  );
  await sql`truncate taken_month`.execute(tx);
  await sql`
    insert into taken_month select party_id, date_trunc('month', first_on)::date, (date_trunc('month', last_on) + interval '1 month')::date - 1 from taken_days`.execute(
    tx,
  );
  await sql`analyze taken_month`.execute(tx);
  await sql`delete from intelligence.party_month m using taken_month w
    where m.party_id = w.party_id and m.month_no between ${monthOf("w.first_on")} and ${monthOf("w.last_on")}`.execute(tx);
  await sql`delete from intelligence.holding_month m using taken_month w
    where m.party_id = w.party_id and m.month_no between ${monthOf("w.first_on")} and ${monthOf("w.last_on")}`.execute(tx);
  const booked = between(sql`customers.published_booking`, sql`v.booked_on`);
  await bookings(sql`materialized ${booked}`).execute(tx);
  await balances(booked, between(sql`customers.published_balance`, sql`v.balance_on`)).execute(tx);
}

/** Counts everything from nothing. */
export async function recountAll(tx: Tx): Promise<void> {
  await sql`delete from intelligence.party_month`.execute(tx);
  await sql`delete from intelligence.holding_month`.execute(tx);
  await bookings(sql`not materialized (select * from customers.published_booking)`).execute(tx);
  await balances(sql`customers.published_booking`, sql`customers.published_balance`).execute(tx);
}

/** The last day on which anything was booked, today at most. */
export async function readLastBooked(tx: Tx, today: string): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select max(m) as day from (
      select greatest(last_in_on, last_out_on) as m from intelligence.party_month
      where month_no = (select max(month_no) from intelligence.party_month where month_no <= ${monthOf(`date '${today}'`)})) x where m <= ${today}::date`.execute(
    tx,
  );
  return rows[0]?.day ?? null;
}
