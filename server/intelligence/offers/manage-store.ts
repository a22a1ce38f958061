import { sql, type Tx } from "../../platform/db/index.ts";
import type { OfferAction } from "./action.ts";
import { type ActionSettings, CHANGES_MAX, type HouseRules } from "./contract.ts";

export async function findAction(
  tx: Tx,
  actionId: string,
): Promise<(ActionSettings & { version: number; kind: OfferAction["kind"] }) | null> {
  const { rows } = await sql<ActionSettings & { version: number; kind: OfferAction["kind"] }>`
    select kind, version, active, lever, base_rate as "baseRate", gain_minor::float8 as "gainMinor", gain_share as "gainShare", cost_minor::float8 as "costMinor",
      loss_minor::float8 as "lossMinor", default_max as "defaultMax", age_min as "ageMin", age_max as "ageMax", segment_id as "segmentId"
    from intelligence.offer_action where action_id = ${actionId} for update`.execute(tx);
  return rows[0] ?? null;
}

export async function saveAction(tx: Tx, actionId: string, of: ActionSettings): Promise<void> {
  await sql`
    update intelligence.offer_action set active = ${of.active}, lever = ${of.lever}, base_rate = ${of.baseRate}, gain_minor = ${of.gainMinor},
      gain_share = ${of.gainShare}, cost_minor = ${of.costMinor}, loss_minor = ${of.lossMinor}, default_max = ${of.defaultMax}, age_min = ${of.ageMin},
      age_max = ${of.ageMax}, segment_id = ${of.segmentId}, version = version + 1
    where action_id = ${actionId}`.execute(tx);
}

/** By action for a segment: whether that is there, also where the caller does not see it. */
export async function findSegmentsThere(tx: Tx): Promise<ReadonlyMap<string, boolean>> {
  const { rows } = await sql<{
    id: string;
    there: boolean;
  }>`select action_id as id, is_there as there from intelligence.offer_segments()`.execute(tx);
  return new Map(rows.map(({ id, there }) => [id, there]));
}

export async function savePolicy(tx: Tx, of: HouseRules): Promise<void> {
  await sql`
    update intelligence.offer_policy set hold_out_share = ${of.holdOutShare}, random_share = ${of.randomShare}, exploration_share = ${of.explorationShare},
      refused_max = ${of.refusedMax}, refused_days = ${of.refusedDays}, pause_days = ${of.pauseDays}, later_days = ${of.laterDays},
      contacts_day = ${of.contactsDay}, contacts_week = ${of.contactsWeek}, contacts_month = ${of.contactsMonth}, product_share_max = ${of.productShareMax},
      phone_week = ${of.phoneWeek}, email_week = ${of.emailWeek}, exposure_min = ${of.exposureMin}, version = version + 1`.execute(tx);
}

/** The rules are changed by one after the other. */
export async function lockPolicy(tx: Tx): Promise<void> {
  await sql`select from intelligence.offer_policy for update`.execute(tx);
}

export interface Change {
  readonly actionId: string | null;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly by: string;
}

export async function insertChange(tx: Tx, { actionId, before, after, reason, by }: Change): Promise<void> {
  await sql`
    insert into intelligence.offer_change (action_id, before, after, reason, changed_by)
    values (${actionId}, ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb, ${reason}, ${by})`.execute(tx);
}

export interface ChangeRow extends Omit<Change, "by"> {
  readonly changeNo: number;
  readonly changedAt: Date;
  readonly changedBy: string;
}

export async function listChanges(tx: Tx): Promise<ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`
    select change_no as "changeNo", action_id as "actionId", before, after, reason, changed_at as "changedAt", changed_by as "changedBy"
    from intelligence.offer_change order by change_no desc limit ${CHANGES_MAX}`.execute(tx);
  return rows;
}

export interface FigureRow {
  readonly actionId: string;
  readonly first: number;
  readonly shown: number;
  readonly agreed: number;
  readonly later: number;
  readonly declined: number;
}

/** By action: for how many customers it comes first now, of how many somebody looked; and what was answered since. As the person who asks sees them. */
export async function countFigures(tx: Tx, since: Date): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    select a.action_id as "actionId", coalesce(d.first, 0)::int as first, coalesce(d.shown, 0)::int as shown, coalesce(n.agreed, 0)::int as agreed,
      coalesce(n.later, 0)::int as later, coalesce(n.declined, 0)::int as declined
    from intelligence.offer_action a
      left join (
        select top_action as action_id, count(*) as first, count(shown_at) as shown from intelligence.offer_decision where is_current and top_action is not null
        group by 1) d using (action_id)
      left join (
        select action_id, count(*) filter (where answer = 'agreed') as agreed, count(*) filter (where answer = 'later') as later,
          count(*) filter (where answer = 'declined') as declined
        from intelligence.offer_answer where answered_at >= ${since} group by 1) n using (action_id)`.execute(tx);
  return rows;
}

export interface ArmRow {
  readonly arm: "ranked" | "explored" | "random" | "hold_out";
  readonly customers: number;
  readonly shown: number;
  readonly answered: number;
  readonly agreed: number;
  readonly opened: number;
  readonly since: string;
}

/**
 * Everybody by the arm they stand in, whatever became of it (intention to treat): who opened a product since. As the person who asks sees them. The latest
 * answer to something steered counts, one a customer.
 */
export async function countArms(tx: Tx): Promise<ArmRow[]> {
  const { rows } = await sql<ArmRow>`
    with answered as (
      select distinct on (p.customer_id) p.customer_id, n.answer
      from intelligence.offer_answer n join intelligence.offer_action a using (action_id) join customers.published_party p using (party_id)
      where a.kind <> 'duty' order by p.customer_id, n.answered_at desc
    )
    select case when d.arm = 'ranked' and d.explored then 'explored' else d.arm end as arm, count(*)::int as customers, count(d.shown_at)::int as shown,
      count(n.answer)::int as answered, count(*) filter (where n.answer = 'agreed')::int as agreed,
      count(*) filter (where f.last_opened_on > d.arm_since)::int as opened, min(d.arm_since) as since
    from intelligence.offer_decision d left join intelligence.customer_fact f using (customer_id) left join answered n using (customer_id)
    where d.is_current group by 1 order by 1`.execute(tx);
  return rows;
}

export interface ExposureRow {
  readonly trait: "sex" | "age";
  readonly group: string;
  readonly customers: number;
  readonly proposed: number;
}

/** How many persons of each group are proposed a sale first, of those who are not held out. */
export async function countExposure(tx: Tx): Promise<ExposureRow[]> {
  const { rows } = await sql<ExposureRow>`
    select g.trait, g."group", count(*)::int as customers, count(*) filter (where d.top_kind = 'sale')::int as proposed
    from intelligence.offer_decision d join intelligence.customer_fact f using (customer_id)
      cross join lateral (values ('sex', f.sex), ('age', case
        when f.born_on > now() - interval '30 years' then 'to_29' when f.born_on > now() - interval '45 years' then 'to_44'
        when f.born_on > now() - interval '60 years' then 'to_59' when f.born_on > now() - interval '75 years' then 'to_74' else 'from_75' end)) as g (trait, "group")
    where d.is_current and d.arm <> 'hold_out' and f.kind = 'person' and f.born_on is not null and g."group" is not null
    group by 1, 2 order by 1 desc, 2 limit 30`.execute(tx);
  return rows;
}

export interface Uneven {
  readonly trait: string;
  readonly group: string;
  readonly ratio: number;
}

/** On the worker. What was uneven when it was looked at last; empty: nothing. */
export async function newestUneven(tx: Tx): Promise<readonly Uneven[]> {
  const { rows } = await sql<{ uneven: Uneven[] }>`select uneven from intelligence.offer_watch order by watched_on desc limit 1`.execute(
    tx,
  );
  return rows[0]?.uneven ?? [];
}

/** On the worker. One a day: the latest. */
export async function saveUneven(tx: Tx, today: string, uneven: readonly Uneven[]): Promise<void> {
  await sql`insert into intelligence.offer_watch (watched_on, uneven) values (${today}::date, ${JSON.stringify(uneven)}::jsonb)
    on conflict (watched_on) do update set uneven = excluded.uneven`.execute(tx);
}

/** On the worker: whoever manages offers is told that the segment of an action is another than before, or is gone. */
export async function tellOfSegment(tx: Tx): Promise<void> {
  await sql`select governance.tell(array(select governance.holders('offer:manage')), 'offers_segment', '{}'::jsonb)`.execute(tx);
}

/** On the worker: whoever manages offers is told that some group is proposed sales far less often than another. */
export async function tellUneven(tx: Tx): Promise<void> {
  await sql`select governance.tell(array(select governance.holders('offer:manage')), 'offers_uneven', '{}'::jsonb)`.execute(tx);
}
