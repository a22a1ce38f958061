export { askForRows, raiseEgressAct, readBudget, tellSpent } from "./ask-for-rows.ts";
