import type { Fitted } from "./bg-nbd.ts";
import { isSettled, minimise } from "./nelder-mead.ts";
import { logBeta } from "./special-functions.ts";

/** At each renewal a contract ends with a chance that is beta (alpha, beta) over customers. */
export interface ShiftedBetaGeometric {
  readonly alpha: number;
  readonly beta: number;
}

/** A cohort under contract: customers at its start, and those left after each renewal. */
export interface RetentionCohort {
  readonly customersLeft: readonly number[];
}

/** What a cohort cannot be; null when it can. */
export function cohortFault({ customersLeft }: RetentionCohort): string | null {
  if (customersLeft.length < 3) return "A cohort needs its start and two renewals.";
  if (!customersLeft.every((left, at) => left >= 0 && left <= (customersLeft[at - 1] ?? left)))
    return "The customers left cannot grow or be negative.";
  return customersLeft.at(-1) === customersLeft[0] ? "Nobody left: there is nothing to learn." : null;
}

/** Share of customers left after `periods` renewals: B(α, β+t)/B(α, β). */
export function survival({ alpha, beta }: ShiftedBetaGeometric, periods: number): number {
  return Math.exp(logBeta(alpha, beta + periods) - logBeta(alpha, beta));
}

/** Of those who are left after `periods` − 1 renewals, the share that renews at the next: (β+t−1)/(α+β+t−1). It grows, because who leaves early has left. */
export function retentionRate({ alpha, beta }: ShiftedBetaGeometric, periods: number): number {
  return (beta + periods - 1) / (alpha + beta + periods - 1);
}

/**
 * Maximum likelihood: Σ lost_t ln P(T=t) + left_n ln S(n), P(T=t) = B(α+1, β+t−1)/B(α, β).
 * Source: Fader and Hardie, "How to project customer retention", Journal of Interactive Marketing 21 (2007), appendix B.
 */
export function fitShiftedBetaGeometric({ customersLeft }: RetentionCohort): Fitted<ShiftedBetaGeometric> {
  const logLikelihood = ({ alpha, beta }: ShiftedBetaGeometric) => {
    const whole = logBeta(alpha, beta);
    const periods = customersLeft.length - 1;
    let sum = (customersLeft[periods] ?? 0) * (logBeta(alpha, beta + periods) - whole);
    for (let t = 1; t <= periods; t += 1) {
      const lost = (customersLeft[t - 1] ?? 0) - (customersLeft[t] ?? 0);
      sum += lost * (logBeta(alpha + 1, beta + t - 1) - whole);
    }
    return sum;
  };
  const asModel = ([alpha = 0, beta = 0]: readonly number[]) => ({ alpha: Math.exp(alpha), beta: Math.exp(beta) });
  const found = minimise((point) => -logLikelihood(asModel(point)), [0, 0]);
  return { model: asModel(found.point), logLikelihood: -found.value, isReached: isSettled(found, [0, 1]) };
}

const PERIODS_MAX = 10_000;

/**
 * Renewals still to come of a customer who has renewed `renewals` times, each discounted by `discount` a period (0.1 = 10 %), up to 10,000 periods.
 * Source: Fader and Hardie, "Customer-base valuation in a contractual setting" (2010), equation 6, as a sum.
 */
export function discountedResidualLifetime(model: ShiftedBetaGeometric, renewals: number, discount: number): number {
  let [sum, left, factor] = [0, 1, 1];
  for (let ahead = 0; ahead < PERIODS_MAX && left * factor > 1e-12; ahead += 1) {
    left *= retentionRate(model, renewals + ahead + 1);
    sum += left * factor;
    factor /= 1 + discount;
  }
  return sum;
}
