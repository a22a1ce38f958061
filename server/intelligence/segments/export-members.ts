import { openExport } from "../../customers/exports/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Db } from "../../platform/db/index.ts";
import type { FileAnswer } from "../../platform/http/index.ts";
import { countMembers, listMembers } from "./member-store.ts";
import { findSegment } from "./read-segments.ts";

const PAGE_ROWS = 500;

/** Fails with not_allowed, not_found, limit_reached, too_large. */
export function exportMembers(db: Db, caller: Caller, clock: Clock, segmentId: string, format: "csv" | "xlsx"): Promise<FileAnswer> {
  return openExport<string>(db, caller, clock, {
    what: "segment",
    action: "customer.exported",
    format,
    header: ["customer_no", "name", "kind", "branch", "member_since", "watermark"],
    query: { segmentId },
    count: async (tx) => {
      await findSegment(tx, segmentId);
      return (await countMembers(tx, [segmentId])).get(segmentId) ?? 0;
    },
    page: async (tx, after, mark) => {
      const rows = await listMembers(tx, segmentId, after ?? null, PAGE_ROWS);
      return {
        rows: rows.map(({ customerNo, fullName, kind, branchName, joinedOn }) => [
          customerNo,
          fullName,
          kind,
          branchName ?? "",
          joinedOn,
          mark,
        ]),
        next: rows.length < PAGE_ROWS ? undefined : rows.at(-1)?.customerId,
      };
    },
  });
}
