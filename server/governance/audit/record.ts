import { createHash } from "node:crypto";
import { databaseError, sendLast, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { Decision, FieldClass } from "./contract.ts";
import { cleanText, cleanUserAgent } from "./rules.ts";
import { insertEvent, type NewEvent } from "./store.ts";

export const SUBJECTS_LISTED_MAX = 200;
const DETAIL_CHARACTERS_MAX = 4_000;

export interface AuditEntry {
  /** Who did it; a whole Caller fits. */
  readonly caller: {
    readonly userId: string;
    readonly sessionId: string | null;
    readonly requestId: string;
    readonly ipAddress?: string | null;
    readonly userAgent?: string | null;
  };
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
  /** Which classes of data were shown or changed. */
  readonly fieldClasses?: readonly FieldClass[];
  /** Default "allowed". A refusal is written in a transaction of its own (`recordRefusal`). */
  readonly decision?: Decision;
  /** Names, codes and counts; never a personal value. At most 4,000 characters as JSON. */
  readonly detail?: Record<string, unknown>;
}

/**
 * Writes the audit row in the caller's own transaction: without it, the act does not happen. Fails with unavailable when it cannot be written
 * (read_only when the disk is full), and with limit_reached when the caller's budget of rows is spent (governance/egress); either rolls the act back.
 */
export async function record(tx: Tx, entry: AuditEntry): Promise<void> {
  await insertEvent(eventOf(entry))
    .execute(tx)
    .catch((error: unknown) => {
      throw failureOf(error);
    });
}

/**
 * The same, sent with the commit: for views, of which one person has many a second. They share one budget of rows, which is locked from the
 * audit row on.
 */
export function recordLast(tx: Tx, entry: AuditEntry): Promise<void> {
  return sendLast(tx, insertEvent(eventOf(entry)), failureOf);
}

function failureOf(error: unknown): DomainError {
  const known = databaseError(error);
  if (known instanceof DomainError && (known.code === "read_only" || known.code === "limit_reached")) return known;
  return new DomainError("unavailable", "the audit row could not be written", { cause: error });
}

function eventOf(entry: AuditEntry): NewEvent {
  const ids = entry.subjectIds ?? [];
  const detail = JSON.stringify({ ...entry.detail, ...(entry.rows === undefined ? {} : { rows: entry.rows }) });
  if (detail.length > DETAIL_CHARACTERS_MAX) throw new Error(`${entry.action}: the detail of an audit row is too long`);
  return {
    actorId: entry.caller.userId,
    sessionId: entry.caller.sessionId,
    requestId: cleanText(entry.caller.requestId),
    action: entry.action,
    subjectKind: entry.subjectKind,
    subjectIds: ids.slice(0, SUBJECTS_LISTED_MAX),
    subjectCount: entry.subjectCount ?? ids.length,
    queryHash: entry.query === undefined ? null : createHash("sha256").update(JSON.stringify(entry.query)).digest(),
    detail,
    decision: entry.decision ?? "allowed",
    fieldClasses: entry.fieldClasses ?? [],
    ipAddress: entry.caller.ipAddress ?? null,
    userAgent: cleanUserAgent(entry.caller.userAgent ?? null),
  };
}
