import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

const tag = "egress";

export const egressClasses = ["customer", "transaction"] as const;
export const EgressClass = z.enum(egressClasses);
export type EgressClass = z.infer<typeof EgressClass>;

export const EgressRequest = z.object({
  requestId: z.uuid(),
  personId: z.uuid(),
  personName: z.string(),
  class: EgressClass,
  rows: z.int(),
  reason: z.string(),
  askedAt: Instant,
  state: z.enum(["asked", "approved", "refused"]),
  decidedByName: z.string().nullable(),
  decidedAt: Instant.nullable(),
  note: z.string().nullable(),
});
export type EgressRequest = z.infer<typeof EgressRequest>;

export const Budget = z.object({ class: EgressClass, used: z.int(), limit: z.int(), extra: z.int(), waiting: EgressRequest.nullable() });

export const readBudget = endpoint({
  name: "readBudget",
  tag,
  method: "GET",
  path: "/api/egress/budget",
  summary: "How many rows the caller was shown today, of how many",
  access: "signed_in",
  answer: z.object({ budgets: z.array(Budget).length(2) }),
});

export const askForRows = endpoint({
  name: "askForRows",
  tag,
  method: "POST",
  path: "/api/egress/requests",
  summary: "Ask for more rows today; somebody else decides",
  access: "signed_in",
  body: z.strictObject({ class: EgressClass, rows: z.int().min(1).max(10_000_000), reason: z.string().trim().min(20).max(500) }),
  answer: z.object({ requestId: z.uuid() }),
  errors: ["conflict"],
});

export const REQUESTS_MAX = 200;

export const listEgressRequests = endpoint({
  name: "listEgressRequests",
  tag,
  method: "GET",
  path: "/api/egress/requests",
  summary: "Requests for more rows: those that wait first, then the newest, 200 at most",
  access: "egress:approve",
  answer: z.object({ requests: z.array(EgressRequest).max(REQUESTS_MAX) }),
});

export const decideEgressRequest = endpoint({
  name: "decideEgressRequest",
  tag,
  method: "POST",
  path: "/api/egress/requests/:requestId/decision",
  summary: "Approve or refuse a request for more rows; not one's own",
  access: "egress:approve",
  params: z.strictObject({ requestId: z.uuid() }),
  body: z.strictObject({ approve: z.boolean(), note: z.string().trim().min(3).max(500) }),
  answerKind: "none",
  errors: ["not_found", "invalid_state", "step_up_needed"],
});
