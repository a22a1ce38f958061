import { sql, type Tx } from "../../../platform/db/index.ts";
import type { CourseSign, CourseWeek } from "./contract.ts";

export type WeekRow = Omit<CourseWeek, "isMature">;

/** Every week from the first with an alert, at the earliest `since` (a Monday), to that of `until`; of the customers the caller sees. */
export async function listWeeks(tx: Tx, since: string, until: string): Promise<WeekRow[]> {
  const { rows } = await sql<WeekRow>`
    with of_alerts as (
      select date_trunc('week', last_at)::date as week, count(*) as alerts, count(*) filter (where outcome in ('fraud_confirmed', 'not_fraud')) as decided,
        count(*) filter (where outcome = 'fraud_confirmed') as confirmed, count(*) filter (where outcome = 'inconclusive') as inconclusive
      from intelligence.fraud_alert where last_at >= ${since}::date and last_at < ${until}::date + 1 group by 1),
    -- A payment stands in the week of its alert, so that both are of the same cases.
    of_payments as (
      select date_trunc('week', a.last_at)::date as week, count(*) filter (where x.model_no is not null) as scored,
        sum(x.probability) filter (where x.model_no is not null) as expected, sum(x.probability * (1 - x.probability)) filter (where x.model_no is not null) as variance,
        count(*) filter (where x.is_fraud and x.model_no is not null) as frauds
      from intelligence.fraud_alert a join intelligence.fraud_alert_payment x using (party_id, alert_id)
      where a.last_at >= ${since}::date and a.last_at < ${until}::date + 1 and x.is_fraud is not null group by 1),
    of_others as (
      select date_trunc('week', l.happened_on)::date as week, count(*) as missed from intelligence.fraud_label l
      where l.is_fraud and l.alert_id is null and l.happened_on between ${since}::date and ${until}::date
        and not exists (select from intelligence.fraud_alert_payment x where x.source_id = l.source_id and x.source_key = l.source_key) group by 1)
    select to_char(w, 'YYYY-MM-DD') as week, coalesce(a.alerts, 0)::int as alerts, coalesce(a.decided, 0)::int as decided,
      coalesce(a.confirmed, 0)::int as confirmed, coalesce(a.inconclusive, 0)::int as inconclusive, coalesce(o.missed, 0)::int as missed,
      coalesce(p.scored, 0)::int as scored, coalesce(p.expected, 0)::double precision as expected, coalesce(p.variance, 0)::double precision as variance,
      coalesce(p.frauds, 0)::int as frauds
    from generate_series((select min(week) from of_alerts), date_trunc('week', ${until}::date), interval '1 week') w
      left join of_alerts a on a.week = w left join of_payments p on p.week = w left join of_others o on o.week = w
    order by w limit 60`.execute(tx);
  return rows;
}

export interface WatchRow {
  readonly watchedOn: string;
  readonly level: "stable" | "watch" | "act";
  readonly signs: CourseSign[];
}

export async function newestWatch(tx: Tx): Promise<WatchRow | null> {
  const { rows } = await sql<WatchRow>`
    select watched_on as "watchedOn", level, signs from intelligence.fraud_watch order by watched_on desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** On the worker. One a day: the latest. */
export async function saveWatch(tx: Tx, { watchedOn, level, signs }: WatchRow): Promise<void> {
  await sql`insert into intelligence.fraud_watch (watched_on, level, signs) values (${watchedOn}, ${level}, ${JSON.stringify(signs)}::jsonb)
    on conflict (watched_on) do update set level = excluded.level, signs = excluded.signs`.execute(tx);
}

/** On the worker: whoever writes rules, and whoever trains or approves the score, is told. */
export async function tellCourse(tx: Tx): Promise<void> {
  await sql`select governance.tell(array(select governance.holders('fraud:rules') union select governance.holders('model:approve')
    union select governance.holders('model:train')), 'fraud_course', '{}'::jsonb)`.execute(tx);
}

const DECIDED_MAX = 10_000;

export interface DecidedPayment {
  readonly features: Readonly<Record<string, number>>;
  readonly isFraud: boolean;
  readonly happenedOn: string;
}

/** On the worker. Payments in alerts that were decided after a version was trained: what it did not learn from. The newest first, at most 10,000. */
export async function listDecided(tx: Tx, after: { readonly modelId: string; readonly version: number }): Promise<DecidedPayment[]> {
  const { rows } = await sql<DecidedPayment>`
    select x.features, x.is_fraud as "isFraud", to_char(x.happened_at, 'YYYY-MM-DD') as "happenedOn"
    from intelligence.fraud_alert a join intelligence.fraud_alert_payment x using (party_id, alert_id)
    where a.state = 'closed' and x.is_fraud is not null and a.closed_at >
      (select v.trained_at from intelligence.model_version v where v.model_id = ${after.modelId} and v.version = ${after.version})
    order by a.closed_at desc, x.source_key limit ${DECIDED_MAX}`.execute(tx);
  return rows;
}
