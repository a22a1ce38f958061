import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

/** Classes of data an act can show or change. The values themselves never stand in the trail. */
export const fieldClasses = [
  "name",
  "birth",
  "contact",
  "identifier",
  "money",
  "transaction",
  "relation",
  "source_record",
  "note",
] as const;
export const FieldClass = z.enum(fieldClasses);
export type FieldClass = z.infer<typeof FieldClass>;

export const decisions = ["allowed", "refused"] as const;
export const Decision = z.enum(decisions);
export type Decision = z.infer<typeof Decision>;

export const AuditEvent = z.object({
  eventId: z.string(),
  at: Instant,
  actorId: z.uuid(),
  actorName: z.string(),
  actorLogin: z.string(),
  sessionId: z.uuid().nullable(),
  action: z.string(),
  decision: Decision,
  subjectKind: z.string(),
  subjectIds: z.array(z.uuid()).max(200),
  subjectCount: z.int(),
  /** SHA-256 of what was asked, in hex; two equal questions have equal hashes. */
  queryHash: z.string().nullable(),
  fieldClasses: z.array(z.string()).max(20),
  purpose: z.string(),
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

const filter = {
  subjectId: z.uuid().optional(),
  actorId: z.uuid().optional(),
  /** The beginning of an action: "customer." finds customer.viewed and customer.listed. */
  action: z.string().max(60).optional(),
  decision: Decision.optional(),
  /** Days in UTC, the last one included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
};
export const AuditFilter = z.strictObject(filter);
export type AuditFilter = z.infer<typeof AuditFilter>;

export const AuditQuery = z.strictObject({ ...filter, before: z.string().max(60).optional() });
export type AuditQuery = z.infer<typeof AuditQuery>;

export const listAuditEvents = endpoint({
  name: "listAuditEvents",
  tag: "audit",
  method: "GET",
  path: "/api/audit/events",
  summary: "Who did and saw what, newest first, 100 a page",
  access: "audit:read",
  query: AuditQuery,
  answer: z.object({ events: z.array(AuditEvent).max(100), next: z.string().nullable() }),
});

export const exportAuditEvents = endpoint({
  name: "exportAuditEvents",
  tag: "audit",
  method: "GET",
  path: "/api/audit/export",
  summary: "The found part of the trail as CSV for spreadsheets, newest first, at most 100,000 rows; cells cannot become formulas",
  access: "audit:read",
  query: AuditFilter,
  answerKind: "file",
  errors: ["limit_reached"],
});

export const Look = z.object({
  actorId: z.uuid(),
  actorName: z.string(),
  /** How often they asked for this one alone. */
  alone: z.int(),
  /** How often it stood among others: in a list, a search, a count. */
  among: z.int(),
  /** Attempts that were refused. */
  refused: z.int(),
  firstAt: Instant,
  lastAt: Instant,
});
export type Look = z.infer<typeof Look>;

export const listLooks = endpoint({
  name: "listLooks",
  tag: "audit",
  method: "GET",
  path: "/api/audit/looks/:subjectId",
  summary: "Who saw one customer, by person, the latest first",
  access: "audit:read",
  params: z.strictObject({ subjectId: z.uuid() }),
  query: z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
  answer: z.object({ looks: z.array(Look).max(200) }),
});
