export { type BgNbd, bgNbdAlive, bgNbdExpected, type Fitted, fitBgNbd } from "./bg-nbd.ts";
export { expectedValue, fitGammaGamma, type GammaGamma } from "./gamma-gamma.ts";
export { constantLifetimeValue, type LifetimeOrder, type LifetimeValue, lifetimeValue, type Potential } from "./lifetime-value.ts";
export { fitParetoNbd, type ParetoNbd, paretoNbdAlive, paretoNbdExpected } from "./pareto-nbd.ts";
export {
  economicProfitOf,
  type HoldingMonth,
  holdingMonthProfit,
  minorWorth,
  type ProfitPart,
  type ProfitParts,
  profitOf,
  profitParts,
} from "./profit.ts";
export { fittingFault, historyFault, type PurchaseHistory } from "./purchase-history.ts";
export { type RfmFacts, type RfmScore, rfmScores } from "./rfm.ts";
export {
  cohortFault,
  discountedResidualLifetime,
  fitShiftedBetaGeometric,
  type RetentionCohort,
  retentionRate,
  type ShiftedBetaGeometric,
  survival,
} from "./shifted-beta-geometric.ts";
export { decideTier, type Tier, type TierDecision, type TierFacts, type TierPolicy, type TierReason, type TierState } from "./tiers.ts";
export { transferRate } from "./transfer-rate.ts";
export { type WhaleCurve, whaleCurve } from "./whale-curve.ts";
