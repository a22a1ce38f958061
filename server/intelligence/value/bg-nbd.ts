import { isSettled, minimise } from "./nelder-mead.ts";
import { type CountedHistory, countSame, type PurchaseHistory } from "./purchase-history.ts";
import { hypergeometric, logBeta, logGamma, logSum } from "./special-functions.ts";

/** Purchase rates are gamma distributed (shape r, rate alpha in units of time); after each purchase a customer leaves with a chance that is beta (a, b). */
export interface BgNbd {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

export interface Fitted<Model> {
  readonly model: Model;
  readonly logLikelihood: number;
  /** False when the search ended at its bound or a shape ran off: the parameters are not to be relied on. */
  readonly isReached: boolean;
}

/**
 * ln of the likelihood of one history, in logarithms throughout:
 * L = B(a, b+x)/B(a, b) · Γ(r+x) α^r / (Γ(r) (α+T)^(r+x)) + [x > 0] · B(a+1, b+x−1)/B(a, b) · Γ(r+x) α^r / (Γ(r) (α+t)^(r+x))
 * Source: Fader, Hardie, Lee, "Counting your customers the easy way", Marketing Science 24 (2005), equation 6.
 */
export function bgNbdLogLikelihood({ r, alpha, a, b }: BgNbd, { repeats: x, lastAt: t, observed: T }: PurchaseHistory): number {
  const common = logGamma(r + x) - logGamma(r) + r * Math.log(alpha) - logBeta(a, b);
  const alive = logBeta(a, b + x) - (r + x) * Math.log(alpha + T);
  const left = x === 0 ? Number.NEGATIVE_INFINITY : logBeta(a + 1, b + x - 1) - (r + x) * Math.log(alpha + t);
  return common + logSum(alive, left);
}

/** Maximum likelihood over the logarithms of the parameters, from 1 each. The caller has looked at `fittingFault`. */
export function fitBgNbd(histories: readonly PurchaseHistory[]): Fitted<BgNbd> {
  const counted = countSame(histories);
  const found = minimise((point) => -total(counted, asModel(point)), [0, 0, 0, 0]);
  return { model: asModel(found.point), logLikelihood: -found.value, isReached: isSettled(found, [0, 2, 3]) };
}

const total = (counted: readonly CountedHistory[], model: BgNbd) =>
  counted.reduce((sum, { history, customers }) => sum + customers * bgNbdLogLikelihood(model, history), 0);

function asModel(point: readonly number[]): BgNbd {
  const [r = 0, alpha = 0, a = 0, b = 0] = point.map(Math.exp);
  return { r, alpha, a, b };
}

/** The chance, 0 to 1, that the customer still buys; 1 for who bought once only, because the model lets people leave after a repeat purchase. */
export function bgNbdAlive({ r, alpha, a, b }: BgNbd, { repeats: x, lastAt: t, observed: T }: PurchaseHistory): number {
  if (x === 0) return 1;
  return 1 / (1 + (a / (b + x - 1)) * ((alpha + T) / (alpha + t)) ** (r + x));
}

/** Purchases to expect in the next `time` units, given the history. Source: as above, equation 10. */
export function bgNbdExpected(model: BgNbd, history: PurchaseHistory, time: number): number {
  const { r, alpha, b } = model;
  const { repeats: x, observed: T } = history;
  // The formula divides by a − 1 and by a + b + x − 1; its limit there is approached from beside.
  const a = Math.abs(model.a - 1) < 1e-6 || Math.abs(model.a + b + x - 1) < 1e-6 ? model.a + 2e-6 : model.a;
  const c = a + b + x - 1;
  const shrink = ((alpha + T) / (alpha + T + time)) ** (r + x);
  return (c / (a - 1)) * (1 - shrink * hypergeometric(r + x, b + x, c, time / (alpha + T + time))) * bgNbdAlive(model, history);
}
