import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

export const AuditEvent = z.object({
  eventId: z.string(),
  at: Instant,
  actorId: z.uuid(),
  actorName: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectIds: z.array(z.uuid()).max(200),
  subjectCount: z.int(),
  purpose: z.string(),
  requestId: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

export const AuditQuery = z.strictObject({
  subjectId: z.uuid().optional(),
  actorId: z.uuid().optional(),
  /** The beginning of an action: "customer." finds customer.viewed and customer.listed. */
  action: z.string().max(60).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});
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
