export { askForRows, decideEgressRequest, readBudget, tellSpent } from "./ask-for-rows.ts";
