import { z } from "zod";
import { endpoint } from "../../platform/http/contract.ts";
import { LatestApproval, Outcome } from "../approvals/contract.ts";

const tag = "egress";

export const egressClasses = ["customer", "transaction"] as const;
export const EgressClass = z.enum(egressClasses);
export type EgressClass = z.infer<typeof EgressClass>;

export const Budget = z.object({ class: EgressClass, used: z.int(), limit: z.int(), extra: z.int(), waiting: LatestApproval.nullable() });

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
  answer: Outcome,
  errors: ["conflict"],
});
