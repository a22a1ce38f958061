import { createHash } from "node:crypto";

/** What a person is asked to prove themselves for: everything that decides what the act does stands in it. */
export interface WeightyAct {
  /** As in the audit trail: `role.granted`. The dialog shows its words (`app:stepUp.acts.role_granted`). */
  readonly action: string;
  readonly subjectIds: readonly string[];
  /** The rest of the request: JSON values. */
  readonly payload?: unknown;
}

/** SHA-256 over the act in one canonical spelling (RFC 8785 for the values JSON has here): keys sorted at every depth. */
export function actionHash(act: WeightyAct): Buffer {
  const { action, subjectIds, payload = null } = act;
  return createHash("sha256").update(canonicalJson({ action, subjectIds, payload })).digest();
}

/** One spelling for one value, to be hashed and compared (RFC 8785 for the values JSON has here); bigints as decimal strings. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
