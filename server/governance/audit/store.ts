import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import type { AuditEvent, AuditFilter, Look } from "./contract.ts";

export interface NewEvent {
  readonly actorId: string;
  readonly sessionId: string | null;
  readonly requestId: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectIds: readonly string[];
  readonly subjectCount: number;
  readonly queryHash: Buffer | null;
  /** JSON. */
  readonly detail: string;
  readonly decision: string;
  readonly fieldClasses: readonly string[];
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

/** The purpose is taken from the signed context, not from the writer; time, number and transaction are PostgreSQL's to say. */
export function insertEvent(event: NewEvent) {
  return sql`${prepared}
    insert into governance.audit_event (actor_id, session_id, request_id, purpose, action, subject_kind, subject_ids, subject_count, query_hash, detail,
      decision, field_classes, ip_address, user_agent)
    values (${event.actorId}, ${event.sessionId}, ${event.requestId}, platform.context_purpose(), ${event.action}, ${event.subjectKind},
      ${event.subjectIds}::uuid[], ${event.subjectCount}, ${event.queryHash}, ${event.detail}::jsonb,
      ${event.decision}, ${event.fieldClasses}::text[], ${event.ipAddress}::inet, ${event.userAgent})`;
}

export interface FoundEvent extends AuditEvent {
  /** Microseconds, for the cursor. */
  readonly exactAt: string;
}

export interface Place {
  readonly at: string;
  readonly eventId: string;
}

/**
 * Newest first; `before` is the last event of the page before. At most 1,001 rows. Empty without the right to read the trail. A customer hidden from the
 * caller by a seal is left out of the subjects, as if it had not been there; what tells of nobody else is not found.
 */
export async function findEvents(tx: Tx, filter: AuditFilter, before: Place | null, rows: number): Promise<FoundEvent[]> {
  const { subjectId = null, actorId = null, action = null, decision = null, from = null, to = null } = filter;
  const { rows: found } = await sql<FoundEvent>`
    with hidden as materialized (
      select array(select customers.hidden_customers() union all select customers.hidden_parties()) as ids
    )
    select e.event_id::text as "eventId", e.at, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "exactAt",
      e.actor_id as "actorId", coalesce(u.display_name, '') as "actorName", coalesce(u.login, '') as "actorLogin", e.session_id as "sessionId",
      e.action, e.decision, e.subject_kind as "subjectKind",
      case when e.subject_ids && h.ids then array(select s.id from unnest(e.subject_ids) with ordinality s (id, place) where s.id <> all (h.ids) order by s.place)
        else e.subject_ids end as "subjectIds",
      e.subject_count - (select count(*)::int from unnest(e.subject_ids) s (id) where s.id = any (h.ids)) as "subjectCount",
      encode(e.query_hash, 'hex') as "queryHash", e.field_classes as "fieldClasses", e.purpose, host(e.ip_address) as "ipAddress",
      e.user_agent as "userAgent", e.request_id as "requestId", e.detail
    from governance.find_audit_events(${subjectId}::uuid, ${actorId}::uuid, ${action}::text, ${decision}::text, ${from}::date::timestamp at time zone 'UTC',
      (${to}::date + 1)::timestamp at time zone 'UTC', ${before?.at ?? null}::timestamptz, ${before?.eventId ?? null}::bigint, ${rows}::int) e
    cross join hidden h left join governance.app_user u on u.user_id = e.actor_id
    order by e.at desc, e.event_id desc`.execute(tx);
  return found;
}

/** Of the same question; counting stops at `most`. */
export async function countEvents(tx: Tx, filter: AuditFilter, most: number): Promise<number> {
  const { subjectId = null, actorId = null, action = null, decision = null, from = null, to = null } = filter;
  const { rows } = await sql<{ count: number }>`
    select governance.count_audit_events(${subjectId}::uuid, ${actorId}::uuid, ${action}::text, ${decision}::text, ${from}::date::timestamp at time zone 'UTC',
      (${to}::date + 1)::timestamp at time zone 'UTC', ${most}::int) as count`.execute(tx);
  return rows[0]?.count ?? 0;
}

export async function findLooks(tx: Tx, subjectId: string, from: string | null, to: string | null): Promise<Look[]> {
  const { rows } = await sql<Look>`
    select l.actor_id as "actorId", coalesce(u.display_name, '') as "actorName", l.alone, l.among, l.refused, l.first_at as "firstAt", l.last_at as "lastAt"
    from governance.looks_at_subject(${subjectId}::uuid, ${from}::date::timestamp at time zone 'UTC', (${to}::date + 1)::timestamp at time zone 'UTC') l
    left join governance.app_user u on u.user_id = l.actor_id
    order by l.last_at desc`.execute(tx);
  return rows;
}
