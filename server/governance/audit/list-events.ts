import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { permit } from "../permissions/index.ts";
import type { AuditEvent, AuditQuery } from "./contract.ts";
import { record } from "./record.ts";
import { listEvents } from "./store.ts";

const PAGE_ROWS = 100;

/** Reading the trail is itself on the trail. Fails with not_allowed. */
export async function listAuditEvents(tx: Tx, caller: Caller, query: AuditQuery): Promise<{ events: AuditEvent[]; next: string | null }> {
  permit(caller, "audit:read");
  const found = await listEvents(tx, query, PAGE_ROWS + 1);
  const events = found.slice(0, PAGE_ROWS);
  await record(tx, { caller, action: "audit.read", subjectKind: "audit_event", subjectCount: events.length, query });
  return { events, next: found.length > PAGE_ROWS ? (events.at(-1)?.eventId ?? null) : null };
}
