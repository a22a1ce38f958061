export { type Act, type Acts, type Amount, actsOf, type Description, defineAct, type Execution } from "./act.ts";
export type { DifferenceLine, Outcome } from "./contract.ts";
export { decideApproval } from "./decide-approval.ts";
export { type Asking, requestApproval } from "./request-approval.ts";
export { moveApprovals } from "./store.ts";
