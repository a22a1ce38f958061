export { evaluateValue, type HoldoutError, type ValueEvaluation, type ValueEvaluationOrder } from "./evaluate-value.ts";
export { type Unit, unitDays } from "./read-histories.ts";
