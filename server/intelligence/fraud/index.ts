export { reportCases } from "./alerts/report-cases.ts";
export type { ReportedCase } from "./alerts/reported-case.ts";
export { emptyFeatures, FeatureStream, type StreamLimits } from "./features/feature-stream.ts";
export { FeatureColumns, type History, measureHistory } from "./features/measure-history.ts";
export { followInBackground } from "./jobs.ts";
export type { FollowedPayments } from "./live/follow-payments.ts";
export { startFraudDesk } from "./live/start-desk.ts";
export { FraudScorer, type ScoreReason, trainScore } from "./model.ts";
export { activateRulesAct } from "./rule-sets/write-rules.ts";
export {
  type Backtest,
  type BacktestFigures,
  type BacktestOptions,
  backtest,
  backtestOptions,
  type RuleBacktest,
} from "./rules/backtest.ts";
export { evidenceOf, fires, type Measured } from "./rules/evaluate-rule.ts";
export { type NamedLists, parseRule } from "./rules/parse-rule.ts";
export { type Rule, type RuleProblem, readRuleSet } from "./rules/read-rule-set.ts";
export { RuleFault } from "./rules/rule-fault.ts";
export { type Decision, decide, rankAlerts, type Suspicion } from "./rules.ts";
export { fraudPlan } from "./training/fraud-plan.ts";
export { measurePast } from "./training/learn.ts";
export type { Arrival, Transaction } from "./transaction.ts";
