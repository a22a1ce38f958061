export { type Act, type Acts, type Amount, actsOf, type Description, defineAct, type Execution } from "./act.ts";
export type { DifferenceLine, LatestApproval, Outcome } from "./contract.ts";
export { decideApproval, decideProven } from "./decide-approval.ts";
export { documentDifference } from "./document-difference.ts";
export { latestApprovals } from "./latest-approvals.ts";
export { readApproval } from "./read-approvals.ts";
export { type Asking, requestApproval } from "./request-approval.ts";
export { moveApprovals } from "./store.ts";
