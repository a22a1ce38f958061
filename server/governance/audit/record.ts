import { createHash } from "node:crypto";
import type { Tx } from "../../platform/db/index.ts";
import { insertEvent } from "./store.ts";

export const SUBJECTS_LISTED_MAX = 200;

export interface AuditEntry {
  /** Who did it; a whole Caller fits. */
  readonly caller: { readonly userId: string; readonly sessionId: string | null; readonly requestId: string };
  /** `<noun>.<past participle>`, for instance customer.viewed. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectIds?: readonly string[];
  /** When more was shown or touched than subjectIds lists. */
  readonly subjectCount?: number;
  /** Rows shown that are not a subject each (transactions of one customer): they count in the caller's budget (governance/egress). */
  readonly rows?: number;
  /** What was asked, hashed, when not every subject is listed. */
  readonly query?: unknown;
  /** Names, codes and counts; never a personal value. */
  readonly detail?: Record<string, unknown>;
}

/** Writes the audit row in the caller's own transaction: without it, the act does not happen (fail closed). */
export async function record(tx: Tx, entry: AuditEntry): Promise<void> {
  const ids = entry.subjectIds ?? [];
  await insertEvent(tx, {
    actorId: entry.caller.userId,
    sessionId: entry.caller.sessionId,
    requestId: entry.caller.requestId,
    action: entry.action,
    subjectKind: entry.subjectKind,
    subjectIds: ids.slice(0, SUBJECTS_LISTED_MAX),
    subjectCount: entry.subjectCount ?? ids.length,
    queryHash: entry.query === undefined ? null : createHash("sha256").update(JSON.stringify(entry.query)).digest(),
    detail: { ...entry.detail, ...(entry.rows === undefined ? {} : { rows: entry.rows }) },
  });
}
