import { type RuleAction, ruleActions } from "./contract.ts";

/** A payment to decide on. The probability is the score's, or a rule's precision where there is no score. */
export interface Suspicion {
  readonly probability: number;
  readonly amountMinor: bigint;
  /** Actions of the rules that fired. */
  readonly ruleActions: readonly RuleAction[];
}

export interface Decision {
  /** Null: nothing to do. */
  readonly action: RuleAction | null;
  /** Probability times amount, minor units. */
  readonly expectedLossMinor: number;
  readonly because: "rule" | "expected_loss" | "below_review_cost";
}

/** The strictest action of the rules that fired; without one, a review when the loss to expect is above what a review costs. Never both silent and costly. */
export function decide({ probability, amountMinor, ruleActions: fired }: Suspicion, reviewCostMinor: number): Decision {
  const expectedLossMinor = probability * Number(amountMinor);
  const strictest = ruleActions.toReversed().find((action) => fired.includes(action));
  if (strictest !== undefined) return { action: strictest, expectedLossMinor, because: "rule" };
  return expectedLossMinor > reviewCostMinor
    ? { action: "review", expectedLossMinor, because: "expected_loss" }
    : { action: null, expectedLossMinor, because: "below_review_cost" };
}

/** An alert queue: greatest expected loss first, the earlier one before the later where they are equal. */
export function rankAlerts<Alert extends { readonly expectedLossMinor: number; readonly at: number }>(alerts: readonly Alert[]): Alert[] {
  return alerts.toSorted((a, b) => b.expectedLossMinor - a.expectedLossMinor || a.at - b.at);
}
