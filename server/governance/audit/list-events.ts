import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { permit } from "../permissions/index.ts";
import type { AuditEvent, AuditQuery, Look } from "./contract.ts";
import { record } from "./record.ts";
import { readCursor, writeCursor } from "./rules.ts";
import { findEvents, findLooks } from "./store.ts";

const PAGE_ROWS = 100;

/** Reading the trail is itself on the trail. Fails with not_allowed, invalid_input (no cursor of this list). */
export async function listAuditEvents(tx: Tx, caller: Caller, query: AuditQuery): Promise<{ events: AuditEvent[]; next: string | null }> {
  permit(caller, "audit:read");
  const { before, ...filter } = query;
  const place = before === undefined ? null : readCursor(before);
  if (before !== undefined && place === null)
    throw new DomainError("invalid_input", "not a cursor of this list", { fields: [{ path: "?before", reason: "invalid_cursor" }] });
  const found = await findEvents(tx, filter, place, PAGE_ROWS + 1);
  const page = found.slice(0, PAGE_ROWS);
  const last = page.at(-1);
  await record(tx, {
    caller,
    action: "audit.read",
    subjectKind: filter.subjectId === undefined ? "audit_event" : "customer",
    subjectIds: filter.subjectId === undefined ? [] : [filter.subjectId],
    subjectCount: page.length,
    query,
  });
  return {
    events: page.map(({ exactAt: _, ...event }) => event),
    next: found.length > PAGE_ROWS && last !== undefined ? writeCursor(last.exactAt, last.eventId) : null,
  };
}

/** Who looked at this customer. Fails with not_allowed. */
export async function listLooks(
  tx: Tx,
  caller: Caller,
  subjectId: string,
  days: { from?: string | undefined; to?: string | undefined },
): Promise<{ looks: Look[] }> {
  permit(caller, "audit:read");
  const looks = await findLooks(tx, subjectId, days.from ?? null, days.to ?? null);
  await record(tx, { caller, action: "audit.looks_read", subjectKind: "customer", subjectIds: [subjectId], query: days });
  return { looks };
}
