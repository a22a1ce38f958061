import type { Readable } from "node:stream";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction } from "../../platform/db/index.ts";
import { csvStream } from "../../platform/files/index.ts";
import { permit } from "../permissions/index.ts";
import type { AuditFilter } from "./contract.ts";
import { record } from "./record.ts";
import { countEvents, type FoundEvent, findEvents, type Place } from "./store.ts";

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
 * The found part of the trail as CSV, streamed page by page. That it was ordered, and its rows taken out of the caller's budget, is on the trail before the
 * first byte leaves; how many rows left when the last one did. What is written after the start is left out. Fails with not_allowed, limit_reached.
 */
export async function exportEvents(
  db: Db,
  caller: Caller,
  filter: AuditFilter,
): Promise<{ stream: Readable; fileName: string; contentType: string }> {
  permit(caller, "audit:read");
  const entry = { caller, subjectKind: "audit_event", query: filter, detail: { form: "csv" } };
  const { paid, start } = await inTransaction(db, caller, async (tx) => {
    const rows = await countEvents(tx, filter, EXPORT_ROWS_MAX);
    const [newest] = await findEvents(tx, filter, null, 1);
    await record(tx, { ...entry, action: "audit.exported", subjectCount: 0, rows });
    return { paid: rows, start: newest === undefined ? null : { at: newest.exactAt, eventId: String(BigInt(newest.eventId) + 1n) } };
  });
  async function* pages(): AsyncGenerator<string[][]> {
    let written = 0;
    for (let before: Place | null = start; written < paid; ) {
      const [place, rows]: [Place | null, number] = [before, Math.min(PAGE_ROWS, paid - written)];
      const events: FoundEvent[] = await inTransaction(db, caller, (tx) => findEvents(tx, filter, place, rows), { readOnly: true });
      written += events.length;
      yield events.map((event) => columns.map(([, value]) => value(event) ?? ""));
      const last = events.at(-1);
      if (events.length < rows || last === undefined) break;
      before = { at: last.exactAt, eventId: last.eventId };
    }
    if (written >= EXPORT_ROWS_MAX) yield [[`${EXPORT_ROWS_MAX} rows is the most one file holds: ask for fewer days`]];
    await inTransaction(db, caller, (tx) => record(tx, { ...entry, action: "audit.export_finished", subjectCount: written }));
  }
  const stream = csvStream({ header: columns.map(([name]) => name), pages: pages(), about: [] });
  return { stream, fileName: "audit-trail.csv", contentType: "text/csv; charset=utf-8" };
}
