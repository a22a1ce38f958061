import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";
import { MinorUnits } from "../../platform/money/contract.ts";

const tag = "approvals";

export const approvalStates = ["waiting", "approved", "refused", "withdrawn", "expired", "changed"] as const;
export const ApprovalState = z.enum(approvalStates);
export type ApprovalState = z.infer<typeof ApprovalState>;

/** One thing that the act changes. `label` is a message key with its namespace; how the values are shown is `as`: "words" are message keys, too. */
export const DifferenceLine = z.strictObject({
  label: z.string().min(1).max(120),
  before: z.string().max(2000).nullable(),
  after: z.string().max(2000).nullable(),
  as: z.enum(["text", "code", "number", "day", "moment", "money", "words"]),
  currency: z.string().length(3).optional(),
});
export type DifferenceLine = z.infer<typeof DifferenceLine>;

export const DIFFERENCE_LINES_MAX = 100;

const Reason = z.string().trim().min(3).max(500);
/** SHA-256 of what was shown and will be executed. */
const SeenHash = z.string().regex(/^[0-9a-f]{64}$/);

export const Approval = z.object({
  requestId: z.uuid(),
  /** As in the audit trail. */
  action: z.string(),
  about: z.string(),
  reason: z.string(),
  makerId: z.uuid(),
  makerName: z.string(),
  state: ApprovalState,
  amountMinor: MinorUnits.nullable(),
  currency: z.string().nullable(),
  level: z.int(),
  escalated: z.boolean(),
  approvers: z.int(),
  approved: z.int(),
  askedAt: Instant,
  escalateAt: Instant.nullable(),
  expiresAt: Instant,
  closedAt: Instant.nullable(),
});
export type Approval = z.infer<typeof Approval>;

/** Where the newest request about a thing stands, as a screen of the thing's own module shows it. */
export const LatestApproval = z.object({
  requestId: z.uuid(),
  state: ApprovalState,
  makerName: z.string().nullable(),
  askedAt: Instant,
  closedAt: Instant.nullable(),
  deciderName: z.string().nullable(),
  /** Of who decided. */
  note: z.string().nullable(),
});
export type LatestApproval = z.infer<typeof LatestApproval>;

export const APPROVALS_MAX = 100;

export const listApprovals = endpoint({
  name: "listApprovals",
  tag,
  method: "GET",
  path: "/api/approvals",
  summary: "What waits for the caller's decision (oldest first), what they asked for, what they decided (newest first); 100 at most",
  access: "signed_in",
  query: z.strictObject({ view: z.enum(["to_decide", "asked", "decided"]).default("to_decide") }),
  answer: z.object({ approvals: z.array(Approval).max(APPROVALS_MAX) }),
});

const ApprovalParams = z.strictObject({ requestId: z.uuid() });

export const readApproval = endpoint({
  name: "readApproval",
  tag,
  method: "GET",
  path: "/api/approvals/:requestId",
  summary: "One request: what will be done, who decided, and the hash that a decision names",
  access: "signed_in",
  params: ApprovalParams,
  answer: z.object({
    approval: Approval,
    difference: z.array(DifferenceLine).max(DIFFERENCE_LINES_MAX),
    hash: SeenHash,
    mayDecide: z.boolean(),
    own: z.boolean(),
    /** What it is about is no longer as it was when it was asked: an approval would close the request as "changed". */
    targetChanged: z.boolean(),
    decisions: z
      .array(
        z.object({
          deciderName: z.string(),
          behalfOfName: z.string().nullable(),
          approves: z.boolean(),
          note: z.string(),
          decidedAt: Instant,
        }),
      )
      .max(10),
  }),
  errors: ["not_found"],
});

export const decideApproval = endpoint({
  name: "decideApproval",
  tag,
  method: "POST",
  path: "/api/approvals/:requestId/decision",
  summary: "Approve or refuse; the approval that completes a request carries it out in the same transaction",
  access: "signed_in",
  params: ApprovalParams,
  body: z.strictObject({ approve: z.boolean(), note: Reason, hash: SeenHash }),
  /** "waiting": others must agree as well; "changed": the target had changed, nothing was done, the maker may ask again. */
  answer: z.object({ state: z.enum(["waiting", "approved", "refused", "changed"]) }),
  errors: ["not_found", "conflict", "invalid_state", "step_up_needed"],
});

export const withdrawApproval = endpoint({
  name: "withdrawApproval",
  tag,
  method: "POST",
  path: "/api/approvals/:requestId/withdrawal",
  summary: "Take one's own request back",
  access: "signed_in",
  params: ApprovalParams,
  answerKind: "none",
  errors: ["not_found", "invalid_state"],
});

export const Outcome = z.object({ state: z.enum(["done", "waiting"]), requestId: z.uuid().nullable() });
export type Outcome = z.infer<typeof Outcome>;

export const renewApproval = endpoint({
  name: "renewApproval",
  tag,
  method: "POST",
  path: "/api/approvals/:requestId/renewal",
  summary: "Ask for the same again, as things are now, when the request was closed without an approval",
  access: "signed_in",
  params: ApprovalParams,
  answer: Outcome,
  idempotent: true,
  errors: ["not_found", "invalid_state", "conflict"],
});

export const LEVELS_MAX = 5;

export const Level = z.strictObject({
  duties: z.array(z.string().min(3).max(80)).min(1).max(20),
  amountMaxMinor: MinorUnits.nullable(),
  approvers: z.int().min(0).max(5),
});
export type Level = z.infer<typeof Level>;

export const Policy = z.object({
  action: z.string(),
  currency: z.string().nullable(),
  approversMin: z.int(),
  deputies: z.boolean(),
  escalateAfterHours: z.int().nullable(),
  expireAfterHours: z.int(),
  levels: z.array(Level).min(1).max(LEVELS_MAX),
  version: z.int(),
});
export type Policy = z.infer<typeof Policy>;

export const listApprovalPolicies = endpoint({
  name: "listApprovalPolicies",
  tag,
  method: "GET",
  path: "/api/approval-policies",
  summary: "Which acts need whom, by amount and level",
  access: "approval:manage",
  answer: z.object({ policies: z.array(Policy).max(100) }),
});

export const PolicyChange = z.strictObject({
  version: z.int().min(1),
  currency: z.string().length(3).nullable(),
  deputies: z.boolean(),
  escalateAfterHours: z.int().min(1).max(400).nullable(),
  expireAfterHours: z.int().min(1).max(8760),
  levels: z.array(Level).min(1).max(LEVELS_MAX),
});
export type PolicyChange = z.infer<typeof PolicyChange>;

export const changeApprovalPolicy = endpoint({
  name: "changeApprovalPolicy",
  tag,
  method: "PUT",
  path: "/api/approval-policies/:action",
  summary: "Ask to change what an act needs; somebody else who rules over approvals agrees",
  access: "approval:manage",
  params: z.strictObject({ action: z.string().regex(/^[a-z_]+\.[a-z_]+$/) }),
  body: z.strictObject({ ...PolicyChange.shape, reason: Reason }),
  answer: Outcome,
  errors: ["not_found", "conflict", "invalid_state"],
});
