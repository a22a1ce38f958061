import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import type { Circle, CircleKind, MemberRole, ProposalReason } from "./contract.ts";

// Everything here runs as the person who asks: row security decides what is there.

export interface CircleRow {
  readonly circleId: string;
  readonly kind: CircleKind;
  readonly name: string | null;
  readonly version: number;
}

/** Circles the customer belongs or belonged to. */
export async function listCircles(tx: Tx, customerId: string, max: number): Promise<CircleRow[]> {
  const { rows } = await sql<CircleRow>`${prepared}
    select c.circle_id as "circleId", c.kind, c.name, c.version from customers.circle c
    where c.circle_id in (
      select m.circle_id from customers.party p join customers.circle_member m using (party_id) where p.customer_id = ${customerId})
    order by c.kind desc, c.circle_id limit ${max}`.execute(tx);
  return rows;
}

export async function findCircle(tx: Tx, circleId: string): Promise<CircleRow | null> {
  const { rows } = await sql<CircleRow>`
    select circle_id as "circleId", kind, name, version from customers.circle where circle_id = ${circleId}`.execute(tx);
  return rows[0] ?? null;
}

export interface MemberRow {
  readonly memberId: string;
  readonly circleId: string;
  readonly customerId: string;
  readonly role: MemberRole;
  readonly fromOn: string | null;
  readonly toOn: string | null;
  readonly version: number;
}

/** Members the caller may see. Two members that are one customer by now are one: the one that stays longest. */
export async function listMembers(tx: Tx, circleIds: readonly string[], max: number): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select * from (
      select distinct on (m.circle_id, p.customer_id) m.member_id as "memberId", m.circle_id as "circleId", p.customer_id as "customerId", m.role,
        m.from_on as "fromOn", m.to_on as "toOn", m.version
      from customers.circle_member m join customers.party p using (party_id) where m.circle_id = any (${circleIds}::uuid[])
      order by m.circle_id, p.customer_id, m.to_on desc nulls first, m.member_id) one
    order by "toOn" desc nulls first, array_position(array['parent_company', 'head', 'adult', 'member', 'subsidiary', 'dependant', 'child'], role), "memberId"
    limit ${max}`.execute(tx);
  return rows;
}

export interface TotalRow {
  readonly circleId: string;
  readonly currency: string;
  readonly assetsMinor: bigint;
  readonly debtsMinor: bigint;
  readonly holdings: number;
  readonly all: number;
}

/** Over present members: each holding that one of them owns counts once, however many own it. Overdrawn accounts are debts. Services count as holdings only. */
export async function listTotals(tx: Tx, circleIds: readonly string[], day: string, max: number): Promise<TotalRow[]> {
  const { rows } = await sql<TotalRow>`
    with owned as (
      select distinct m.circle_id, h.holding_id, h.currency, h.class, h.balance_minor
      from customers.circle_member m join customers.party one using (party_id) join customers.party p on p.customer_id = one.customer_id
        join customers.holding_role r on r.party_id = p.party_id and r.role in ('owner', 'joint_owner')
        join customers.holding h on h.holding_id = r.holding_id and h.status <> 'closed'
      where m.circle_id = any (${circleIds}::uuid[]) and (m.from_on is null or m.from_on <= ${day}::date) and (m.to_on is null or m.to_on >= ${day}::date)
    )
    select circle_id as "circleId", currency, count(*)::int as all, (count(*) filter (where class <> 'service'))::int as holdings,
      coalesce(sum(greatest(balance_minor, 0)) filter (where class = 'asset'), 0)::bigint as "assetsMinor",
      coalesce(sum(-least(balance_minor, 0)) filter (where class <> 'service'), 0)::bigint as "debtsMinor"
    from owned group by 1, 2 order by count(*) desc, currency limit ${max}`.execute(tx);
  return rows;
}

export async function insertCircle(tx: Tx, circle: { circleId: string; kind: CircleKind; name: string | null; by: string }): Promise<void> {
  await sql`insert into customers.circle (circle_id, kind, name, created_by) values (${circle.circleId}, ${circle.kind}, ${circle.name}, ${circle.by})`.execute(
    tx,
  );
}

export interface NewMember {
  readonly circleId: string;
  readonly memberId: string;
  readonly partyId: string;
  readonly role: MemberRole;
  readonly fromOn: string | null;
  readonly by: string;
}

export async function insertMember(tx: Tx, member: NewMember): Promise<void> {
  await sql`
    insert into customers.circle_member (party_id, member_id, circle_id, role, from_on, entered_by)
    values (${member.partyId}, ${member.memberId}, ${member.circleId}, ${member.role}, ${member.fromOn}, ${member.by})`.execute(tx);
}

/** false when somebody changed it meanwhile. */
export async function updateName(tx: Tx, circleId: string, version: number, name: Circle["name"]): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update customers.circle set name = ${name}, version = version + 1 where circle_id = ${circleId} and version = ${version}`.execute(tx);
  return numAffectedRows === 1n;
}

/** false when somebody changed it meanwhile. */
export async function updateMember(tx: Tx, member: Pick<MemberRow, "memberId" | "version" | "role" | "fromOn" | "toOn">): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update customers.circle_member set role = ${member.role}, from_on = ${member.fromOn}, to_on = ${member.toOn}, version = version + 1
    where member_id = ${member.memberId} and version = ${member.version}`.execute(tx);
  return numAffectedRows === 1n;
}

/** Everybody who is still a member and whom the caller sees leaves; a membership that has not begun ends before it does. Answers how many. */
export async function endMembers(tx: Tx, circleId: string, day: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update customers.circle_member set to_on = greatest(${day}::date, from_on), version = version + 1
    where circle_id = ${circleId} and (to_on is null or to_on > ${day}::date)`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** Two people who change one circle wait for each other. */
export async function lockCircle(tx: Tx, circleId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('customers.circle ' || ${circleId}::text, 0))`.execute(tx);
}

// ---------------------------------------------------------------- proposals

/** An address that more customers share is a tower, a branch or a placeholder. */
const LODGERS_MAX = 12;

export interface ReasonRow {
  readonly otherId: string;
  readonly reason: ProposalReason;
}

/** People who share an address, an account or a family tie with a person. */
export async function listHouseholdReasons(tx: Tx, customerId: string, day: string, max: number): Promise<ReasonRow[]> {
  const { rows } = await sql<ReasonRow>`
    with own as materialized (select party_id from customers.party where customer_id = ${customerId}),
      address as materialized (
        select distinct c.normalised from own join customers.contact_point c using (party_id)
        where c.kind = 'address' and c.parts ->> 'line' is not null and char_length(c.normalised) >= 8),
      lodger as (
        select distinct a.normalised, p.customer_id from address a
          join customers.contact_point c on c.normalised = a.normalised and c.kind = 'address' join customers.party p on p.party_id = c.party_id
        where p.kind = 'person'),
      reason as (
        select l.customer_id, 'same_address' as reason from lodger l
        where (select count(*) from lodger o where o.normalised = l.normalised) <= ${LODGERS_MAX}
        union
        select p.customer_id, 'shared_account' from own join customers.holding_role mine using (party_id)
          join customers.holding_role theirs using (holding_id) join customers.party p on p.party_id = theirs.party_id
        where mine.role in ('owner', 'joint_owner') and theirs.role in ('owner', 'joint_owner') and p.kind = 'person'
        union
        select p.customer_id, 'related' from own
          join customers.party_relation r on own.party_id in (r.party_id, r.other_party_id)
          join customers.party p on p.party_id = case when r.party_id = own.party_id then r.other_party_id else r.party_id end
        where r.kind in ('spouse', 'partner') and r.withdrawn_at is null and (r.to_on is null or r.to_on >= ${day}::date))
    select customer_id as "otherId", reason from reason where customer_id <> ${customerId}
    order by count(*) over (partition by customer_id) desc, customer_id, reason limit ${max}`.execute(tx);
  return rows;
}

/** Companies that hold half of a company or more, or of which it does. */
export async function listGroupReasons(tx: Tx, customerId: string, day: string, max: number): Promise<ReasonRow[]> {
  const { rows } = await sql<ReasonRow>`
    with own as materialized (select party_id from customers.party where customer_id = ${customerId}),
      tie as (
        select 'owned_by_half' as reason, r.party_id as far, r.* from own join customers.party_relation r on r.other_party_id = own.party_id
        union all
        select 'owns_half', r.other_party_id, r.* from own join customers.party_relation r using (party_id))
    select distinct p.customer_id as "otherId", t.reason
    from tie t join customers.party p on p.party_id = t.far and p.kind = 'organisation'
    where p.customer_id <> ${customerId} and t.withdrawn_at is null and (t.kind = 'shareholder' and t.share >= 0.5 or t.kind = 'parent_company')
      and (t.from_on is null or t.from_on <= ${day}::date) and (t.to_on is null or t.to_on >= ${day}::date)
    order by 1, 2 limit ${max}`.execute(tx);
  return rows;
}

/** Of the customers, those with whom a circle of the kind was dismissed. */
export async function listDismissed(tx: Tx, customerId: string, otherIds: readonly string[], kind: CircleKind): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct o.customer_id as id
    from customers.party p join customers.circle_dismissal d on p.party_id in (d.party_id, d.other_party_id)
      join customers.party o on o.party_id = case when d.party_id = p.party_id then d.other_party_id else d.party_id end
    where p.customer_id = ${customerId} and o.customer_id = any (${otherIds}::uuid[]) and d.kind = ${kind}`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

export async function insertDismissal(tx: Tx, a: string, b: string, kind: CircleKind, by: string): Promise<void> {
  await sql`
    insert into customers.circle_dismissal (party_id, other_party_id, kind, dismissed_by)
    values (least(${a}::uuid, ${b}::uuid), greatest(${a}::uuid, ${b}::uuid), ${kind}, ${by}) on conflict do nothing`.execute(tx);
}

export interface MembershipRow {
  readonly customerId: string;
  readonly circleId: string;
}

/** The circles of a kind that customers belong to on a day. */
export async function listMemberships(tx: Tx, customerIds: readonly string[], kind: CircleKind, day: string): Promise<MembershipRow[]> {
  const { rows } = await sql<MembershipRow>`
    select distinct p.customer_id as "customerId", m.circle_id as "circleId"
    from customers.party p join customers.circle_member m using (party_id) join customers.circle c using (circle_id)
    where p.customer_id = any (${customerIds}::uuid[]) and c.kind = ${kind} and (m.to_on is null or m.to_on >= ${day}::date)
    order by 1, 2 limit 2000`.execute(tx);
  return rows;
}
