export { evaluateFraud, type FraudEvaluation, type FraudEvaluationOrder, type FraudMeasures } from "./evaluate-fraud.ts";
export { readTransactions, type TransactionColumnNames, type TransactionFile } from "./read-transactions.ts";
