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

/** Newest first; `before` is the last event of the page before. */
export async function listEvents(tx: Tx, query: AuditQuery, rows: number): Promise<AuditEvent[]> {
  const { rows: found } = await sql<AuditEvent>`
    select e.event_id::text as "eventId", e.at, e.actor_id as "actorId", coalesce(u.display_name, '') as "actorName", e.action, e.subject_kind as "subjectKind",
      e.subject_ids as "subjectIds", e.subject_count as "subjectCount", e.purpose, e.request_id as "requestId", e.detail
    from governance.audit_event e left join governance.app_user u on u.user_id = e.actor_id
    where (${query.subjectId ?? null}::uuid is null or e.subject_ids @> array[${query.subjectId ?? null}::uuid])
      and (${query.actorId ?? null}::uuid is null or e.actor_id = ${query.actorId ?? null}::uuid)
      and (${query.action ?? null}::text is null or starts_with(e.action, ${query.action ?? null}::text))
      and (${query.from ?? null}::date is null or e.at >= ${query.from ?? null}::date)
      and (${query.to ?? null}::date is null or e.at < ${query.to ?? null}::date + 1)
      and (${query.before ?? null}::bigint is null or e.event_id < ${query.before ?? null}::bigint)
    order by e.event_id desc limit ${rows}`.execute(tx);
  return found;
}
