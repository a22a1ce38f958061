import type { Readable } from "node:stream";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction } from "../../platform/db/index.ts";
import { csvStream } from "../../platform/files/index.ts";
import { permit } from "../permissions/index.ts";
import type { AuditFilter } from "./contract.ts";
import { record } from "./record.ts";
import { type FoundEvent, findEvents, type Place } from "./store.ts";

const PAGE_ROWS = 1_000;
export const EXPORT_ROWS_MAX = 100_000;

const columns: readonly (readonly [string, (event: FoundEvent) => string | null])[] = [
  ["number", (event) => event.eventId],
  ["at", (event) => event.exactAt],
  ["person", (event) => event.actorName],
  ["login", (event) => event.actorLogin],
  ["person_id", (event) => event.actorId],
  ["session_id", (event) => event.sessionId],
  ["purpose", (event) => event.purpose],
  ["action", (event) => event.action],
  ["decision", (event) => event.decision],
  ["subject_kind", (event) => event.subjectKind],
  ["subject_ids", (event) => event.subjectIds.join(" ")],
  ["subject_count", (event) => String(event.subjectCount)],
  ["query_hash", (event) => event.queryHash],
  ["field_classes", (event) => event.fieldClasses.join(" ")],
  ["ip_address", (event) => event.ipAddress],
  ["user_agent", (event) => event.userAgent],
  ["request_id", (event) => event.requestId],
  ["detail", (event) => JSON.stringify(event.detail)],
];

/**
 * The found part of the trail as CSV, streamed page by page. That it was ordered is on the trail before the first byte
 * leaves, how many rows left when the last one did. What is written after the start is left out. Fails with not_allowed.
 */
export async function exportEvents(
  db: Db,
  caller: Caller,
  filter: AuditFilter,
): Promise<{ stream: Readable; fileName: string; contentType: string }> {
  permit(caller, "audit:read");
  const entry = { caller, subjectKind: "audit_event", query: filter, detail: { form: "csv" } };
  await inTransaction(db, caller, (tx) => record(tx, { ...entry, action: "audit.exported", subjectCount: 0 }));
  async function* pages(): AsyncGenerator<string[][]> {
    let written = 0;
    for (let before: Place | null = null; written < EXPORT_ROWS_MAX; ) {
      const place: Place | null = before;
      const events: FoundEvent[] = await inTransaction(db, caller, (tx) => findEvents(tx, filter, place, PAGE_ROWS), { readOnly: true });
      written += events.length;
      yield events.map((event) => columns.map(([, value]) => value(event) ?? ""));
      const last = events.at(-1);
      if (events.length < PAGE_ROWS || last === undefined) break;
      before = { at: last.exactAt, eventId: last.eventId };
    }
    if (written >= EXPORT_ROWS_MAX) yield [[`${EXPORT_ROWS_MAX} rows is the most one file holds: ask for fewer days`]];
    await inTransaction(db, caller, (tx) => record(tx, { ...entry, action: "audit.export_finished", subjectCount: written }));
  }
  const stream = csvStream({ header: columns.map(([name]) => name), pages: pages(), about: [] });
  return { stream, fileName: "audit-trail.csv", contentType: "text/csv; charset=utf-8" };
}
