import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

const tag = "emergency access";

/** Long enough to be one: it is read by whoever reviews. */
export const EmergencyReason = z.string().trim().min(20).max(500);
const GrantParams = z.strictObject({ grantId: z.uuid() });

export const breakGlass = endpoint({
  name: "breakGlass",
  tag,
  method: "POST",
  path: "/api/emergency-access",
  summary:
    "Open one customer, by exact number, for at most an hour. The owner and compliance are told at once, and it is reviewed afterwards",
  access: "glass:break",
  body: z.strictObject({ customerNo: z.string().trim().min(1).max(40), reason: EmergencyReason }),
  answer: z.object({
    /** in_reach: the caller sees the customer anyway, and no glass was broken. nothing: there is nobody to open under the number; recorded and told all the same. */
    state: z.enum(["in_reach", "opened", "nothing"]),
    customerId: z.uuid().nullable(),
    expiresAt: Instant.nullable(),
  }),
  errors: ["limit_reached", "step_up_needed"],
});

export const OwnGrant = z.object({ grantId: z.uuid(), customerId: z.uuid(), customerNo: z.string(), expiresAt: Instant });

export const listOwnGrants = endpoint({
  name: "listOwnGrants",
  tag,
  method: "GET",
  path: "/api/emergency-access/own",
  summary: "Customers that are open to the caller at this moment by broken glass",
  access: "glass:break",
  answer: z.object({ grants: z.array(OwnGrant).max(50) }),
});

export const endGrant = endpoint({
  name: "endGrant",
  tag,
  method: "POST",
  path: "/api/emergency-access/:grantId/end",
  summary: "Give an emergency access back before its time is over",
  access: "glass:break",
  params: GrantParams,
  answerKind: "none",
  errors: ["not_found"],
});

export const GRANTS_PAGE_ROWS = 100;
export const Verdict = z.enum(["justified", "not_justified"]);

export const Grant = z.object({
  grantId: z.uuid(),
  personId: z.uuid(),
  personName: z.string(),
  askedFor: z.string(),
  /** Whether there was a customer under the number. */
  opened: z.boolean(),
  reason: z.string(),
  grantedAt: Instant,
  /** Or when it was given back, if that was before. */
  endsAt: Instant,
  reviewDueAt: Instant,
  /** What was done with the customer, by kind of act. */
  acts: z.array(z.object({ action: z.string(), times: z.int() })).max(50),
  reviewedByName: z.string().nullable(),
  reviewedAt: Instant.nullable(),
  verdict: Verdict.nullable(),
  reviewNote: z.string().nullable(),
  version: z.int(),
});
export type Grant = z.infer<typeof Grant>;

export const listGrants = endpoint({
  name: "listGrants",
  tag,
  method: "GET",
  path: "/api/emergency-access",
  summary: "Emergency accesses: those that wait for a review, the most urgent first, or those reviewed, newest first",
  access: "glass:review",
  query: z.strictObject({ state: z.enum(["waiting", "reviewed"]).default("waiting"), after: z.uuid().optional() }),
  answer: z.object({ grants: z.array(Grant).max(GRANTS_PAGE_ROWS), next: z.uuid().nullable() }),
});

export const reviewGrant = endpoint({
  name: "reviewGrant",
  tag,
  method: "POST",
  path: "/api/emergency-access/:grantId/review",
  summary: "Say whether an emergency access was justified; not for one's own",
  access: "glass:review",
  params: GrantParams,
  body: z.strictObject({ verdict: Verdict, note: z.string().trim().min(10).max(500), version: z.int() }),
  answerKind: "none",
  errors: ["not_found", "conflict", "invalid_state"],
});
