export { changeRetentionAct } from "./change-rule.ts";
