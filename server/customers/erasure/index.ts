export type { Erasing } from "./erase.ts";
export { approveErasureAct } from "./erasure-act.ts";
export { eraseDue, type Reapplied, reapplyErasures, restrictFormer } from "./reapply.ts";
