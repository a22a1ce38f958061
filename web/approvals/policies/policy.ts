import type { listApprovalPolicies } from "../../../server/governance/approvals/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";

export type Policy = AnswerOf<typeof listApprovalPolicies>["policies"][number];
