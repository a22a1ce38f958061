export { type Evaluation, type EvaluationOrder, evaluateModels, type ModelFigures } from "./evaluate-models.ts";
