import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import type { AuditEvent, AuditQuery } from "./contract.ts";

export interface NewEvent {
  readonly actorId: string;
  readonly sessionId: string | null;
  readonly requestId: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectIds: readonly string[];
  readonly subjectCount: number;
  readonly queryHash: Buffer | null;
  readonly detail: Record<string, unknown>;
}

/** The purpose is taken from the signed context, not from the writer. */
export async function insertEvent(tx: Tx, event: NewEvent): Promise<void> {
  await sql`${prepared}
    insert into governance.audit_event (actor_id, session_id, request_id, purpose, action, subject_kind, subject_ids, subject_count, query_hash, detail)
    values (${event.actorId}, ${event.sessionId}, ${event.requestId}, platform.context_purpose(), ${event.action}, ${event.subjectKind},
      ${event.subjectIds}::uuid[], ${event.subjectCount}, ${event.queryHash}, ${JSON.stringify(event.detail)}::jsonb)`.execute(tx);
}

/**
 * Newest first; `before` is the last event of the page before. A customer hidden from the caller by a seal is left out of the subjects, as if it had not
 * been there; what tells of nobody else is hidden by the policy.
 */
export async function listEvents(tx: Tx, query: AuditQuery, rows: number): Promise<AuditEvent[]> {
  const { rows: found } = await sql<AuditEvent>`
    with hidden as materialized (
      select array(select customers.hidden_customers() union all select customers.hidden_parties()) as ids
    )
    select e.event_id::text as "eventId", e.at, e.actor_id as "actorId", coalesce(u.display_name, '') as "actorName", e.action, e.subject_kind as "subjectKind",
      case when e.subject_ids && h.ids then array(select s.id from unnest(e.subject_ids) with ordinality s (id, place) where s.id <> all (h.ids) order by s.place)
        else e.subject_ids end as "subjectIds",
      e.subject_count - (select count(*)::int from unnest(e.subject_ids) s (id) where s.id = any (h.ids)) as "subjectCount",
      e.purpose, e.request_id as "requestId", e.detail
    from governance.audit_event e cross join hidden h left join governance.app_user u on u.user_id = e.actor_id
    where (${query.subjectId ?? null}::uuid is null
        or e.subject_ids @> array[${query.subjectId ?? null}::uuid] and ${query.subjectId ?? null}::uuid <> all (h.ids))
      and (${query.actorId ?? null}::uuid is null or e.actor_id = ${query.actorId ?? null}::uuid)
      and (${query.action ?? null}::text is null or starts_with(e.action, ${query.action ?? null}::text))
      and (${query.from ?? null}::date is null or e.at >= ${query.from ?? null}::date)
      and (${query.to ?? null}::date is null or e.at < ${query.to ?? null}::date + 1)
      and (${query.before ?? null}::bigint is null or e.event_id < ${query.before ?? null}::bigint)
    order by e.event_id desc limit ${rows}`.execute(tx);
  return found;
}
