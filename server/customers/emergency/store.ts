import { sql, type Tx } from "../../platform/db/index.ts";
import { GRANTS_PAGE_ROWS, type Grant } from "./contract.ts";

/** The customer of the number, when the caller sees it anyway. */
export async function findInReach(tx: Tx, customerNo: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select customer_id as id from customers.customer where customer_no = ${customerNo}`.execute(
    tx,
  );
  return rows[0]?.id ?? null;
}

export interface Broken {
  readonly grantId: string;
  readonly customerId: string | null;
  readonly expiresAt: Date;
}

/** Grant, trail and alarm in one. Raises limit_reached. */
export async function breakGlass(tx: Tx, customerNo: string, reason: string): Promise<Broken> {
  const { rows } = await sql<Broken>`
    select grant_id as "grantId", customer_id as "customerId", expires_at as "expiresAt" from customers.break_glass(${customerNo}, ${reason})`.execute(
    tx,
  );
  const [broken] = rows;
  if (broken === undefined) throw new Error("no glass was broken, and nothing said why");
  return broken;
}

export async function listOwn(tx: Tx, personId: string) {
  const { rows } = await sql<{ grantId: string; customerId: string; customerNo: string; expiresAt: Date }>`
    select distinct on (customer_id) grant_id as "grantId", customer_id as "customerId", asked_for as "customerNo", expires_at as "expiresAt"
    from customers.access_grant
    where person_id = ${personId} and customer_id is not null and expires_at > clock_timestamp() and ended_at is null
    order by customer_id, expires_at desc limit 50`.execute(tx);
  return rows;
}

/** The customer it was for; null when the caller has no such grant in force. */
export async function endGrant(tx: Tx, grantId: string, personId: string): Promise<{ customerId: string | null } | null> {
  const { rows } = await sql<{ customerId: string | null }>`
    update customers.access_grant set ended_at = clock_timestamp(), version = version + 1
    where grant_id = ${grantId} and person_id = ${personId} and ended_at is null and expires_at > clock_timestamp() returning customer_id as "customerId"`.execute(
    tx,
  );
  return rows[0] ?? null;
}

export async function listGrants(tx: Tx, state: "waiting" | "reviewed", after: string | null): Promise<Grant[]> {
  const waiting = state === "waiting";
  const { rows } = await sql<Grant>`
    select g.grant_id as "grantId", g.person_id as "personId", coalesce(p.display_name, '') as "personName", g.asked_for as "askedFor",
      g.customer_id is not null as opened, g.reason, g.granted_at as "grantedAt", least(g.expires_at, g.ended_at) as "endsAt", g.review_due_at as "reviewDueAt",
      coalesce((select json_agg(json_build_object('action', a.action, 'times', a.times) order by a.times desc, a.action) from (
        select e.action, count(*)::int as times from governance.audit_event e
        where e.detail ? 'breakGlass' and e.detail ->> 'breakGlass' = g.grant_id::text and e.action not in ('glass.broken', 'glass.reviewed') group by 1 order by 2 desc limit 50) a), '[]') as acts,
      r.display_name as "reviewedByName", g.reviewed_at as "reviewedAt", g.verdict, g.review_note as "reviewNote", g.version
    from customers.access_grant g left join governance.app_user p on p.user_id = g.person_id left join governance.app_user r on r.user_id = g.reviewed_by
    where (g.reviewed_at is null) = ${waiting} and (${after}::uuid is null or g.grant_id ${waiting ? sql`>` : sql`<`} ${after}::uuid)
    order by g.grant_id ${waiting ? sql`asc` : sql`desc`} limit ${GRANTS_PAGE_ROWS + 1}`.execute(tx);
  return rows;
}

export async function findGrant(tx: Tx, grantId: string) {
  const { rows } = await sql<{ personId: string; customerId: string | null; reviewed: boolean; version: number }>`
    select person_id as "personId", customer_id as "customerId", reviewed_at is not null as reviewed, version
    from customers.access_grant where grant_id = ${grantId}`.execute(tx);
  return rows[0] ?? null;
}

/** False when somebody was quicker, or it is the caller's own. */
export async function saveReview(
  tx: Tx,
  grantId: string,
  { verdict, note, version, by }: { verdict: "justified" | "not_justified"; note: string; version: number; by: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update customers.access_grant set reviewed_by = ${by}, reviewed_at = now(), verdict = ${verdict}, review_note = ${note}, version = version + 1
    where grant_id = ${grantId} and version = ${version} and reviewed_at is null and person_id <> ${by}`.execute(tx);
  return numAffectedRows === 1n;
}

/** On the worker: tells all who review of what is overdue, each grant once. Answers how many. */
export async function tellOverdue(tx: Tx): Promise<number> {
  const { rows } = await sql<{ told: number }>`
    with due as (
      update customers.access_grant g set overdue_told_at = now()
      where g.reviewed_at is null and g.overdue_told_at is null and g.review_due_at < now() returning g.grant_id, g.person_id, g.asked_for
    )
    select count(governance.tell(array(select h from governance.holders('glass:review') h where h <> d.person_id), 'glass_review_overdue',
      jsonb_build_object('grantId', d.grant_id, 'person', coalesce(u.display_name, ''), 'customerNo', d.asked_for)))::int as told
    from due d left join governance.app_user u on u.user_id = d.person_id`.execute(tx);
  return rows[0]?.told ?? 0;
}
