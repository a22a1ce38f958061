export { evaluateFraud, type FraudEvaluation, type FraudEvaluationOrder, type FraudMeasures } from "./evaluate-fraud.ts";
