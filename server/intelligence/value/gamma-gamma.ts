import type { Fitted } from "./bg-nbd.ts";
import { isSettled, minimise } from "./nelder-mead.ts";
import type { PurchaseHistory } from "./purchase-history.ts";
import { logGamma } from "./special-functions.ts";

/** A purchase is gamma (p, ν) around the customer's own level, and ν is gamma (q, gamma) over customers; gamma in units of value. */
export interface GammaGamma {
  readonly p: number;
  readonly q: number;
  readonly gamma: number;
}

/** Whether the model may learn from this customer: repeat purchases of a positive average value. */
export const hasValue = ({ repeats, meanValue }: PurchaseHistory) => repeats > 0 && meanValue > 0;

/**
 * ln of the density of an average z over x repeat purchases:
 * Γ(px+q)/(Γ(px) Γ(q)) · γ^q z^(px−1) x^(px) / (γ + xz)^(px+q)
 * Source: Fader and Hardie, "The gamma-gamma model of monetary value" (2013), equation 1a. Value must not depend on how often the customer buys.
 */
export function gammaGammaLogLikelihood({ p, q, gamma }: GammaGamma, { repeats: x, meanValue: z }: PurchaseHistory): number {
  const px = p * x;
  return (
    logGamma(px + q) -
    logGamma(px) -
    logGamma(q) +
    q * Math.log(gamma) +
    (px - 1) * Math.log(z) +
    px * Math.log(x) -
    (px + q) * Math.log(gamma + x * z)
  );
}

/** Maximum likelihood over the logarithms of the parameters, on the customers who came back; null when there are fewer than two of them. */
export function fitGammaGamma(histories: readonly PurchaseHistory[]): (Fitted<GammaGamma> & { readonly customers: number }) | null {
  const known = histories.filter(hasValue);
  if (known.length < 2) return null;
  const middle = Math.log(known.reduce((sum, { meanValue }) => sum + meanValue, 0) / known.length);
  const found = minimise(
    (point) => -known.reduce((sum, history) => sum + gammaGammaLogLikelihood(asModel(point), history), 0),
    [0, Math.log(2), middle],
  );
  return { model: asModel(found.point), logLikelihood: -found.value, isReached: isSettled(found, [0, 1]), customers: known.length };
}

function asModel(point: readonly number[]): GammaGamma {
  const [p = 0, q = 0, gamma = 0] = point.map(Math.exp);
  return { p, q, gamma };
}

/**
 * Expected value of the customer's next purchase: p (γ + xz) / (px + q − 1), a weighted mean of the own average and everybody's. For who never came
 * back, everybody's pγ/(q−1); not a number when q <= 1, where that mean does not exist.
 */
export function expectedValue({ p, q, gamma }: GammaGamma, { repeats: x, meanValue: z }: PurchaseHistory): number {
  const below = p * x + q - 1;
  return below > 0 ? (p * (gamma + x * z)) / below : Number.NaN;
}
