import { z } from "zod";
import { Outcome } from "../../governance/approvals/contract.ts";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

const tag = "privacy";

/** What happens with one table: "erase" now; "keep" until a day (null: as long as the relationship goes on). Proof is in none: it stays, with ids only. */
export const PlanLine = z.object({
  table: z.string(),
  rule: z.string(),
  rows: z.int(),
  outcome: z.enum(["erase", "keep"]),
  until: z.iso.date().nullable(),
  /** Of an account that is somebody else's, too. */
  joint: z.boolean(),
  /** Rows that are gone by now. */
  erased: z.int(),
});
export type PlanLine = z.infer<typeof PlanLine>;

export const PLAN_LINES_MAX = 300;
export const Plan = z.object({
  /** Products are open: nothing can be erased before the relationship ends. */
  active: z.boolean(),
  relationshipEnd: z.iso.date().nullable(),
  lines: z.array(PlanLine).max(PLAN_LINES_MAX),
});
export type Plan = z.infer<typeof Plan>;

export const erasureStates = ["asked", "restricted", "erased", "refused"] as const;
export const ErasureState = z.enum(erasureStates);

export const Erasure = z.object({
  erasureId: z.uuid(),
  customerId: z.uuid(),
  customerNo: z.string(),
  cause: z.enum(["request", "retention"]),
  state: ErasureState,
  receivedOn: z.iso.date(),
  dueOn: z.iso.date(),
  evidence: z.string(),
  askedByName: z.string(),
  askedAt: Instant,
  restrictedAt: Instant.nullable(),
  nextOn: z.iso.date().nullable(),
  held: z.boolean(),
  closedAt: Instant.nullable(),
  note: z.string().nullable(),
  version: z.int(),
});
export type Erasure = z.infer<typeof Erasure>;

export const ERASURES_MAX = 200;

export const listErasures = endpoint({
  name: "listErasures",
  tag,
  method: "GET",
  path: "/api/erasures",
  summary: "Requests to be erased: those at work first, by their deadline; 200 at most",
  access: "privacy:manage",
  answer: z.object({ erasures: z.array(Erasure).max(ERASURES_MAX) }),
});

const ErasureParams = z.strictObject({ erasureId: z.uuid() });
const Text = z.string().trim().min(3).max(500);

export const readErasure = endpoint({
  name: "readErasure",
  tag,
  method: "GET",
  path: "/api/erasures/:erasureId",
  summary: "One request: what goes, what stays until when and why, what is gone",
  access: "privacy:manage",
  params: ErasureParams,
  answer: z.object({ erasure: Erasure, plan: Plan, customerSeen: z.boolean(), waitingApproval: z.uuid().nullable() }),
  errors: ["not_found"],
});

export const openErasure = endpoint({
  name: "openErasure",
  tag,
  method: "POST",
  path: "/api/erasures",
  summary: "Take in a customer's wish to be erased, and look at what the law lets go",
  access: "privacy:manage",
  body: z.strictObject({ customerNo: z.string().trim().min(1).max(40), receivedOn: z.iso.date(), evidence: Text }),
  answer: z.object({ erasureId: z.uuid() }),
  errors: ["not_found", "conflict", "invalid_input"],
});

export const approveErasure = endpoint({
  name: "approveErasure",
  tag,
  method: "POST",
  path: "/api/erasures/:erasureId/approval",
  summary: "Ask somebody else to approve it: then the customer is restricted at once, and what may go is erased",
  access: "privacy:manage",
  params: ErasureParams,
  body: z.strictObject({ reason: Text }),
  answer: Outcome,
  errors: ["not_found", "conflict", "invalid_state"],
});

export const refuseErasure = endpoint({
  name: "refuseErasure",
  tag,
  method: "POST",
  path: "/api/erasures/:erasureId/refusal",
  summary: "Close a request that cannot be met, with the reason the customer is told",
  access: "privacy:manage",
  params: ErasureParams,
  body: z.strictObject({ note: Text, version: z.int().min(1) }),
  answerKind: "none",
  errors: ["not_found", "conflict"],
});
