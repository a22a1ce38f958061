import { sql, type Tx } from "../../../platform/db/index.ts";
import type { Connection } from "../connected.ts";
import type { WatchRule } from "../rules.ts";

const CONNECTIONS_MAX = 2_000_000;

/** Control (a parent company; half of the capital or more), groups of companies kept by people, guarantors of debts not repaid. Worker role. */
export async function readConnections(tx: Tx, today: string): Promise<Connection[]> {
  const { rows } = await sql<Connection>`
    with tied as (
      select r.party_id as one, r.other_party_id as other from customers.published_relation r
      where (r.to_on is null or r.to_on >= ${today}::date)
        and (r.kind in ('parent_company', 'guarantor') or r.kind = 'shareholder' and r.share >= 0.5)
      union
      select a.party_id, b.party_id from customers.published_circle g join customers.published_circle_member a using (circle_id) join customers.published_circle_member b using (circle_id)
      where g.kind = 'company_group' and a.party_id < b.party_id and (a.to_on is null or a.to_on >= ${today}::date) and (b.to_on is null or b.to_on >= ${today}::date)
      union
      select r.party_id, h.party_id from customers.published_role r join customers.published_account h using (holding_id)
      where r.role = 'guarantor' and h.status <> 'closed'
    )
    select distinct p.customer_id as a, q.customer_id as b from tied t join customers.published_party p on p.party_id = t.one join customers.published_party q on q.party_id = t.other
    where p.customer_id <> q.customer_id limit ${CONNECTIONS_MAX}`.execute(tx);
  return rows;
}

/** Puts these groups in place of all there were; answers who came to or left a group, with the groups they came to and left. Worker role. */
export async function saveGroups(tx: Tx, groups: ReadonlyMap<string, string>): Promise<{ customerIds: string[]; groupIds: string[] }> {
  const { rows } = await sql<{ customerId: string; was: string | null; is: string | null }>`
    with given as materialized (select * from unnest(${[...groups.keys()]}::uuid[], ${[...groups.values()]}::uuid[]) g (customer_id, group_id)),
      gone as (delete from intelligence.credit_group_member m where not exists (select from given g where g.customer_id = m.customer_id)
        returning m.customer_id, m.group_id),
      come as (insert into intelligence.credit_group_member as m (customer_id, group_id) select customer_id, group_id from given order by 1
        on conflict (customer_id) do update set group_id = excluded.group_id where m.group_id <> excluded.group_id
        returning m.customer_id, old.group_id as was, new.group_id as is_now)
    select customer_id as "customerId", group_id as was, null as is from gone union all select customer_id, was, is_now from come`.execute(
    tx,
  );
  return {
    customerIds: rows.map(({ customerId }) => customerId),
    groupIds: rows.flatMap(({ was, is }) => [was, is]).filter((id) => id !== null),
  };
}

/** Everybody is looked at once a month: what time alone ends is looked at again for longer than that. */
const AGAIN_DAYS = 35;

/**
 * Of rated customers those for whom something the watch looks at may have moved since it looked at everybody: the customers that changed, limits and watch
 * entries that were set, ended or ran out, open alerts; and whoever is in one group with any of them. null: everybody, as after another policy. Worker role.
 */
export async function listMoved(
  tx: Tx,
  at: {
    readonly customerIds: readonly string[];
    readonly groupIds: readonly string[];
    readonly today: string;
    readonly quietDays: number;
    readonly policyVersion: number;
  },
): Promise<string[] | null> {
  const { rows: others } = await sql<{
    there: boolean;
  }>`select exists (select from intelligence.credit_rating where policy_version <> ${at.policyVersion}) as there`.execute(tx);
  if (others[0]?.there === true) return null;
  const since = sql`${at.today}::date - ${AGAIN_DAYS}::int`;
  const { rows } = await sql<{ id: string }>`
    with moved as (
      select unnest(${at.customerIds}::uuid[]) as customer_id
      union select p.customer_id from customers.published_party p join (
        select party_id from intelligence.credit_limit where set_at >= ${since} or valid_until between ${since} and ${at.today}::date
        union select party_id from intelligence.watch_entry where entered_at >= ${since} or left_at >= ${since} - ${at.quietDays}::int
        union select party_id from intelligence.credit_alert where closed_at is null) m using (party_id)),
      grouped as (
        select unnest(${at.groupIds}::uuid[]) as group_id
        union select m.group_id from intelligence.credit_group_member m join moved using (customer_id))
    select customer_id as id from moved
    union select m.customer_id from intelligence.credit_group_member m join grouped using (group_id)`.execute(tx);
  return rows.map(({ id }) => id);
}

export interface Standing {
  readonly customerId: string;
  /** The oldest of its parties: what is entered on a customer hangs there. */
  readonly partyId: string;
  readonly customerNo: string;
  readonly kind: "person" | "organisation";
  readonly isSealed: boolean;
  readonly ownerId: string | null;
  readonly daysPastDue: number;
  readonly band: string;
  readonly bandBefore: string | null;
  readonly committedMinor: bigint;
  readonly drawnMinor: bigint;
  readonly salaryStopped: boolean;
  readonly limitMinor: bigint | null;
  readonly groupId: string | null;
  readonly groupCommittedMinor: bigint | null;
  readonly groupLimitMinor: bigint | null;
  /** Rules that may not enter the customer again yet, and whether they stand on the list. */
  readonly quietRules: readonly string[];
  readonly isWatched: boolean;
}

/** Everything the watch looks at, of rated customers after an id; `among` these, or all. Each member of a group counts once in it. Worker role. */
export async function readStandings(
  tx: Tx,
  {
    among,
    after,
    today,
    quietDays,
    max,
  }: { among: readonly string[] | null; after: string | null; today: string; quietDays: number; max: number },
): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    with rated as materialized (
      select r.*, (select p.party_id from customers.published_party p where p.customer_id = r.customer_id order by p.party_id limit 1) as party_id
      from intelligence.credit_rating r
      where (${after}::uuid is null or r.customer_id > ${after}) and ${among === null ? sql`true` : sql`r.customer_id = any (${among}::uuid[])`}
      order by r.customer_id limit ${max}
    )
    select r.customer_id as "customerId", r.party_id as "partyId", c.customer_no as "customerNo", c.kind, c.compartments is not null as "isSealed",
      (select f.owner_user_id from governance.portfolio f where f.portfolio_id = c.portfolio_id) as "ownerId", r.days_past_due as "daysPastDue", r.band,
      (select m.band from intelligence.credit_rating_month m where m.customer_id = r.customer_id and m.month <= date_trunc('month', r.rated_on) - interval '3 months'
        order by m.month desc limit 1) as "bandBefore",
      r.committed_minor as "committedMinor", r.drawn_minor as "drawnMinor", r.salary_stopped as "salaryStopped",
      ${limitOf(sql`p.customer_id = r.customer_id`, "customer", today)} as "limitMinor", g.group_id as "groupId",
      (select sum(o.committed_minor)::bigint from intelligence.credit_group_member m join intelligence.credit_rating o using (customer_id)
        where m.group_id = g.group_id) as "groupCommittedMinor",
      ${limitOf(sql`p.customer_id in (select m.customer_id from intelligence.credit_group_member m where m.group_id = g.group_id)`, "group", today)} as "groupLimitMinor",
      array(select w.rule from intelligence.watch_entry w join customers.published_party p using (party_id) where p.customer_id = r.customer_id and w.rule is not null
        and w.left_at > ${today}::date - ${quietDays}::int) as "quietRules",
      exists (select from intelligence.watch_entry w join customers.published_party p using (party_id) where p.customer_id = r.customer_id and w.left_at is null) as "isWatched"
    from rated r join customers.published_customer c using (customer_id) left join intelligence.credit_group_member g using (customer_id)
    where r.party_id is not null order by r.customer_id`.execute(tx);
  return rows;
}

/** The newest limit in force of the customers that `who` picks. */
export function limitOf(who: ReturnType<typeof sql>, scope: "customer" | "group", today: string) {
  return sql`(select l.amount_minor from customers.published_party p join intelligence.credit_limit l using (party_id)
    where ${who} and l.scope = ${scope} and (l.valid_until is null or l.valid_until >= ${today}::date) order by l.set_at desc, l.limit_id desc limit 1)`;
}

export interface Entered {
  readonly partyId: string;
  readonly rule: WatchRule;
}

/** On the list by a rule; who stands on it already stays as they are. Answers the parties entered. Worker role. */
export async function enterByRule(tx: Tx, entries: readonly Entered[], by: string, reviewOn: string): Promise<Set<string>> {
  const { rows } = await sql<{ partyId: string }>`
    insert into intelligence.watch_entry (party_id, rule, entered_by, review_on)
    select * from unnest(${entries.map(({ partyId }) => partyId)}::uuid[], ${entries.map(({ rule }) => rule)}::text[]) e (party_id, rule),
      lateral (select ${by}::uuid, ${reviewOn}::date) x
    on conflict (party_id) where left_at is null do nothing returning party_id as "partyId"`.execute(tx);
  return new Set(rows.map(({ partyId }) => partyId));
}

export type AlertKind = "limit_breached" | "group_limit_breached" | "watched" | "band_worsened";

export interface Alert {
  readonly partyId: string;
  readonly kind: AlertKind;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Opens what is not open yet; answers what was opened. Worker role. */
export async function openAlerts(tx: Tx, alerts: readonly Alert[]): Promise<{ partyId: string; kind: AlertKind }[]> {
  const given = alerts.map(({ partyId, kind, detail }) => ({ party_id: partyId, kind, detail }));
  const { rows } = await sql<{ partyId: string; kind: AlertKind }>`
    insert into intelligence.credit_alert (party_id, kind, detail)
    select party_id, kind, detail from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) a (party_id uuid, kind text, detail jsonb)
    on conflict (party_id, kind) where closed_at is null do nothing returning party_id as "partyId", kind`.execute(tx);
  return rows;
}

/** What no longer holds for these parties is over. Worker role. */
export async function closeAlerts(tx: Tx, partyIds: readonly string[], holding: readonly Alert[], at: Date): Promise<void> {
  const keep = holding.map(({ partyId, kind }) => `${partyId} ${kind}`);
  await sql`
    update intelligence.credit_alert set closed_at = ${at}
    where closed_at is null and party_id = any (${partyIds}::uuid[]) and (party_id || ' ' || kind) <> all (${keep}::text[])`.execute(tx);
}

/** Tells a person what kind of alert there is of which customer; more they read where they may. Worker role. */
export async function tell(tx: Tx, personIds: readonly string[], kind: AlertKind, customerNo: string): Promise<void> {
  await sql`select governance.tell(${personIds}::uuid[], ${`credit_${kind}`}, ${JSON.stringify({ customerNo })}::jsonb)`.execute(tx);
}

export async function holdersOf(tx: Tx, permission: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select governance.holders(${permission}) as id`.execute(tx);
  return rows.map(({ id }) => id);
}
