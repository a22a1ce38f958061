import { sql, type Tx } from "../../platform/db/index.ts";
import { buckets, meanings } from "./buckets.ts";
import { monthNoSql } from "./months.ts";

const names = sql.raw(Object.keys(buckets).join(", "));
const values = sql.raw(
  Object.entries(buckets)
    .map(([name, value]) => `${value} as ${name}`)
    .join(",\n      "),
);
const monthOf = (day: string) => sql.raw(`${monthNoSql(day)}::smallint`);

type Sql = ReturnType<typeof sql>;

/** A month is counted when it has turned; what arrives within these days of its end is known in it. */
const KNOWN_WITHIN_DAYS = 5;
const graced = `(l.known_on - ${KNOWN_WITHIN_DAYS})`;
/** In which month a row `v` of a load `l` was known: when it was booked, for what came with the first load of a source or lies before it. */
const knownNo = (day: string): Sql =>
  sql`case when l.known_on is null or ${sql.raw(day)} < l.first_on then ${monthOf(day)}
    else greatest(${monthOf(day)}, ${monthOf(graced)}) end`;

const meant = sql.raw(
  Object.entries(meanings)
    .map(([name, value]) => `coalesce(${value}, false) as ${name}`)
    .join(", "),
);

const partyMonths = sql`intelligence.party_month`;
const holdingMonths = sql`intelligence.holding_month`;

/** `booked`: a common table expression of that name. The months of one record are written side by side: they are read together. */
const bookings = (booked: Sql, into: Sql = partyMonths) => sql`
  with booked as ${booked}, pairs as materialized (
    select coalesce(raw.channel, '') as channel, coalesce(raw.category, '') as category, ${meant}
    from (select channel, category, replace(lower(channel), ' ', '_') as channel_word, replace(lower(category), ' ', '_') as category_word
      from booked group by channel, category) raw
      cross join lateral (select raw.channel_word as channel, raw.category_word as category) n
  )
  insert into ${into} (party_id, month_no, currency, ${names})
  select t.party_id, ${monthOf("t.booked_on")} as month_no, t.currency, ${values}
  from booked t join customers.published_party p on p.party_id = t.party_id
    join pairs w on w.channel = coalesce(t.channel, '') and w.category = coalesce(t.category, '')
  group by 1, 2, 3 order by 1, 2, 3`;

/** One row a day and origin; the last of a month is its end. On one day a balance row comes before what a booking left behind. */
const balances = (booked: Sql, stated: Sql, into: Sql = holdingMonths) => sql`
  insert into ${into} (party_id, holding_id, month_no, end_minor, low_minor)
  select party_id, holding_id, month_no, last_value[array_upper(last_value, 1)], low_minor
  from (
    select party_id, holding_id, ${monthOf("day")} as month_no, max(array[day - date '1970-01-01', place, load_no, line_no, amount_minor]) as last_value, min(amount_minor) as low_minor
    from (
      select party_id, holding_id, booked_on as day, 0 as place, load_no, line_no, balance_after_minor as amount_minor from ${booked} b where balance_after_minor is not null
      union all
      select party_id, holding_id, balance_on, case kind when 'booked' then 3 when 'market_value' then 2 else 1 end, 0, 0, amount_minor from ${stated} s
    ) known group by 1, 2, 3
  ) ends order by 1, 2, 3`;

interface Days {
  readonly first: string;
  readonly last: string;
}

/** Rows of the taken months. `among` says in words a plan can use that only partitions of these days can hold any. */
const between = (view: Sql, day: Sql, among: Days) =>
  sql`(select v.* from taken_month w join ${view} v on v.party_id = w.party_id and ${day} >= w.first_on and ${day} <= w.last_on
    where ${day} >= ${sql.lit(among.first)}::date and ${day} <= ${sql.lit(among.last)}::date)`;

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
  await readAhead(tx);
  await sql`delete from intelligence.party_month m using taken_month w
    where m.party_id = w.party_id and m.month_no between ${monthOf("w.first_on")} and ${monthOf("w.last_on")}`.execute(tx);
  await sql`delete from intelligence.holding_month m using taken_month w
    where m.party_id = w.party_id and m.month_no between ${monthOf("w.first_on")} and ${monthOf("w.last_on")}`.execute(tx);
  const { rows } = await sql<Days>`select min(first_on) as first, max(last_on) as last from taken_month`.execute(tx);
  const [among] = rows as [Days];
  const booked = between(sql`customers.published_booking`, sql`v.booked_on`, among);
  await bookings(sql`materialized ${booked}`).execute(tx);
  const stated = between(sql`customers.published_balance`, sql`v.balance_on`, among);
  await balances(booked, stated).execute(tx);
  await sql`delete from intelligence.late_month m using taken_month w
    where m.party_id = w.party_id and m.month_no between ${monthOf("w.first_on")} and ${monthOf("w.last_on")}`.execute(tx);
  await noteLate(tx, booked, stated);
}

/**
 * Has the months of the records in memory: found one by one through the index each waits for the disk, through a bitmap many are fetched at once. The facts
 * look at all of them afterwards.
 */
async function readAhead(tx: Tx): Promise<void> {
  await sql`set local enable_indexscan = off`.execute(tx);
  for (const table of ["party_month", "holding_month"])
    await sql`select count(ctid) from ${sql.table(`intelligence.${table}`)} where party_id = any (array(select party_id from taken_month))`.execute(
      tx,
    );
  await sql`set local enable_indexscan = on`.execute(tx);
}

/** Notes which months of records hold rows that were known later than in the month they are of. */
async function noteLate(tx: Tx, booked: Sql, stated: Sql): Promise<void> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select from customers.published_load where known_on is not null) as any`.execute(tx);
  // Nothing but first loads: a bank that has just begun is spared the way through all its bookings.
  if (rows[0]?.any === true) await lateOf(booked, stated).execute(tx);
}

const lateOf = (booked: Sql, stated: Sql) => sql`
  insert into intelligence.late_month (party_id, month_no, known_no)
  select v.party_id, ${monthOf("v.booked_on")}, ${knownNo("v.booked_on")} from ${booked} v join customers.published_load l using (load_no)
    where ${sql.raw(graced)} > v.booked_on and ${knownNo("v.booked_on")} > ${monthOf("v.booked_on")}
  union
  select v.party_id, ${monthOf("v.balance_on")}, ${knownNo("v.balance_on")} from ${stated} v join customers.published_load l using (load_no)
    where ${sql.raw(graced)} > v.balance_on and ${knownNo("v.balance_on")} > ${monthOf("v.balance_on")}`;

/**
 * Makes the session tables then_party_month and then_holding_month: the months of fact_target's parties up to `untilNo` in which something was known only
 * later, counted from what was known by then. Answers whether there are any; where not, what is kept is what was known. Worker role.
 */
export async function countKnownBy(tx: Tx, untilNo: number): Promise<boolean> {
  await sql`create temp table if not exists then_late (party_id uuid, month_no smallint, first_on date, last_on date) on commit drop`.execute(
    tx,
  );
  await sql`truncate then_late`.execute(tx);
  await sql`
    insert into then_late select distinct m.party_id, m.month_no, make_date(m.month_no / 12, m.month_no % 12 + 1, 1),
      (make_date(m.month_no / 12, m.month_no % 12 + 1, 1) + interval '1 month')::date - 1
    from intelligence.late_month m join customers.published_party p using (party_id) join fact_target k using (customer_id)
    where m.month_no <= ${untilNo} and m.known_no > ${untilNo}`.execute(tx);
  const { rows } = await sql<{ any: boolean }>`select exists (select from then_late) as any`.execute(tx);
  if (rows[0]?.any !== true) return false;
  for (const table of ["party_month", "holding_month"]) {
    await sql
      .raw(`create temp table if not exists then_${table} (like intelligence.${table} including defaults) on commit drop`)
      .execute(tx);
    await sql.raw(`truncate then_${table}`).execute(tx);
  }
  const known = (view: Sql, day: string): Sql =>
    sql`(select v.* from then_late w join ${view} v on v.party_id = w.party_id and ${sql.raw(day)} between w.first_on and w.last_on
      join customers.published_load l using (load_no) where ${knownNo(day)} <= ${untilNo})`;
  const booked = known(sql`customers.published_booking`, "v.booked_on");
  await bookings(sql`materialized ${booked}`, sql`then_party_month`).execute(tx);
  await balances(booked, known(sql`customers.published_balance`, "v.balance_on"), sql`then_holding_month`).execute(tx);
  return true;
}

/** Counts everything from nothing. */
export async function recountAll(tx: Tx): Promise<void> {
  await sql`delete from intelligence.party_month`.execute(tx);
  await sql`delete from intelligence.holding_month`.execute(tx);
  await sql`delete from intelligence.late_month`.execute(tx);
  await bookings(sql`not materialized (select * from customers.published_booking)`).execute(tx);
  await balances(sql`customers.published_booking`, sql`customers.published_balance`).execute(tx);
  await noteLate(tx, sql`customers.published_booking`, sql`customers.published_balance`);
}

/** The last day on which anything was booked, today at most. */
export async function readLastBooked(tx: Tx, today: string): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select greatest(last_in_on, last_out_on) as day from intelligence.party_month
    where greatest(last_in_on, last_out_on) <= ${today}::date order by 1 desc limit 1`.execute(tx);
  return rows[0]?.day ?? null;
}
