export { type Evaluation, type EvaluationOrder, evaluateMatching } from "./evaluate-matching.ts";
