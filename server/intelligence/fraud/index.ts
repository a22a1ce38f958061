export { emptyFeatures, FeatureStream, type StreamLimits } from "./features/feature-stream.ts";
export { FeatureColumns, type History, measureHistory } from "./features/measure-history.ts";
export { FraudScorer, trainScore } from "./model.ts";
export type { Arrival, Transaction } from "./transaction.ts";
