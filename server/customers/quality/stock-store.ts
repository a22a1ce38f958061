import { sql, type Tx } from "../../platform/db/index.ts";

/** Records now, and at the last look of the day; null when none was taken. */
export async function readRecords(tx: Tx, day: string): Promise<{ now: number; last: number | null }> {
  const { rows } = await sql<{ now: number; last: number | null }>`
    select (select count(*)::int from customers.party_quality) as now,
      (select sum(records)::int from customers.quality_day where day = ${day} and rule_no = 0) as last`.execute(tx);
  return rows[0] ?? { now: 0, last: null };
}

/** Birth dates that more records share than can be true; those that came or went are answered. One pass over all records. */
export async function findSharedDates(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ value: string }>`
    with rule as (
      select (parameter ->> 'sharedMin')::int as least, (parameter ->> 'sharedPerMille')::numeric / 1000 as share from customers.quality_rule where rule_no = 17
    ), dates as (
      select born_on::text as value, count(*)::int as records, sum(count(*)) over () as all_records
      from customers.party where born_on is not null and kind = 'person' group by born_on
    ), shared as (
      select value, records from dates, rule where records > greatest(least, all_records * share)
    ), gone as (
      delete from customers.quality_placeholder q where rule_no = 17 and not exists (select from shared s where s.value = q.value) returning value
    ), kept as (
      insert into customers.quality_placeholder as q (rule_no, value, records) select 17, value, records from shared
      on conflict (rule_no, value) do update set records = excluded.records returning value, xmax = 0 as is_new
    )
    select value from gone union all select value from kept where is_new`.execute(tx);
  return rows.map(({ value }) => value);
}

/**
 * Customers with a record that must be looked at again: never looked at, a value became too old, a rule changed, or born on a date whose standing
 * changed. In the order of their ids, behind `after`.
 */
export async function listDue(tx: Tx, dates: readonly string[], after: string | null, rows: number): Promise<string[]> {
  const { rows: found } = await sql<{ id: string }>`
    select distinct p.customer_id as id from customers.party p left join customers.party_quality q using (party_id)
    where (${after}::uuid is null or p.customer_id > ${after}::uuid)
      and not exists (select from customers.customer g where g.customer_id = p.customer_id and g.compartments is not null)
      and (q.party_id is null or q.turns_on <= current_date or q.computed_at < (select max(changed_at) from customers.quality_rule)
        or p.born_on = any (${dates}::date[]))
    order by 1 limit ${rows}`.execute(tx);
  return found.map(({ id }) => id);
}

/** Sums up what was added and taken away. Whoever reads meanwhile sees the same figures. */
export async function sumFigures(tx: Tx): Promise<void> {
  await sql`
    with gone as (delete from customers.quality_figure returning source_id, branch_id, rule_no, records, failing)
    insert into customers.quality_figure (source_id, branch_id, rule_no, records, failing)
    select source_id, branch_id, rule_no, sum(records), sum(failing) from gone group by 1, 2, 3 having sum(records) <> 0 or sum(failing) <> 0`.execute(
    tx,
  );
}

/** The figures as those of the day; a later look replaces an earlier one. What is older than `keepFrom` goes. */
export async function saveDay(tx: Tx, day: string, keepFrom: string): Promise<void> {
  await sql`delete from customers.quality_day where day = ${day} or day < ${keepFrom}`.execute(tx);
  await sql`
    insert into customers.quality_day (day, source_id, branch_id, rule_no, records, failing)
    select ${day}::date, source_id, branch_id, rule_no, sum(records), sum(failing) from customers.quality_figure group by 2, 3, 4 having sum(records) <> 0`.execute(
    tx,
  );
}

/** One look at a time. */
export async function holdStock(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('customers.quality_day'))`.execute(tx);
}
