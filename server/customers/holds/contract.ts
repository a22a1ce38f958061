import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

const tag = "privacy";

export const Hold = z.object({
  holdId: z.uuid(),
  caseCode: z.string(),
  customerNo: z.string(),
  reason: z.string(),
  until: z.iso.date().nullable(),
  placedByName: z.string(),
  placedAt: Instant,
  liftedByName: z.string().nullable(),
  liftedAt: Instant.nullable(),
  liftReason: z.string().nullable(),
  state: z.enum(["holds", "over", "lifted"]),
});
export type Hold = z.infer<typeof Hold>;

export const HOLDS_MAX = 500;
const Reason = z.string().trim().min(10).max(500);

export const listHolds = endpoint({
  name: "listHolds",
  tag,
  method: "GET",
  path: "/api/holds",
  summary: "Legal holds, those in force first; of one case when named; 500 at most",
  access: "privacy:manage",
  query: z.strictObject({ caseCode: z.string().trim().min(2).max(60).optional() }),
  answer: z.object({ holds: z.array(Hold).max(HOLDS_MAX) }),
});

export const placeHold = endpoint({
  name: "placeHold",
  tag,
  method: "POST",
  path: "/api/holds",
  summary: "Hold everything of a customer for a case: nothing of it is erased until the hold ends",
  access: "privacy:manage",
  body: z.strictObject({
    customerNo: z.string().trim().min(1).max(40),
    caseCode: z.string().trim().min(2).max(60),
    reason: Reason,
    until: z.iso.date().nullable(),
  }),
  answer: z.object({ holdId: z.uuid() }),
  errors: ["not_found"],
});

export const liftHold = endpoint({
  name: "liftHold",
  tag,
  method: "POST",
  path: "/api/holds/:holdId/lift",
  summary: "End a legal hold",
  access: "privacy:manage",
  params: z.strictObject({ holdId: z.uuid() }),
  body: z.strictObject({ reason: Reason }),
  answerKind: "none",
  errors: ["not_found", "step_up_needed"],
});
