import type { Fitted } from "./bg-nbd.ts";
import { isSettled, minimise } from "./nelder-mead.ts";
import { type CountedHistory, countSame, type PurchaseHistory } from "./purchase-history.ts";
import { logGamma, logSum } from "./special-functions.ts";

/** Purchase rates are gamma distributed (r, alpha), and so are the rates at which customers leave, at any time (s, beta). */
export interface ParetoNbd {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

/**
 * ln of the likelihood of one history:
 * L = Γ(r+x) α^r β^s / Γ(r) · [ (α+T)^−(r+x) (β+T)^−s + s ∫ from t to T of (α+y)^−(r+x) (β+y)^−(s+1) dy ]
 * Source: Schmittlein, Morrison, Colombo, Management Science 33 (1987). Fader and Hardie write the integral, over the time at which the customer left,
 * with two hypergeometric functions; integrating it as it stands does without their slow and cancelling series.
 */
export function paretoNbdLogLikelihood(model: ParetoNbd, history: PurchaseHistory): number {
  const { r, alpha, s, beta } = model;
  const common = logGamma(r + history.repeats) - logGamma(r) + r * Math.log(alpha) + s * Math.log(beta);
  return common + logSum(logAlive(model, history), Math.log(s) + logLeft(model, history));
}

function logAlive({ r, alpha, s, beta }: ParetoNbd, { repeats: x, observed: T }: PurchaseHistory): number {
  return -(r + x) * Math.log(alpha + T) - s * Math.log(beta + T);
}

/** ln of the integral, by Gauss and Legendre over w = ln(m + y), m the smaller of α and β, in which the powers are all but exponentials. */
function logLeft({ r, alpha, s, beta }: ParetoNbd, { repeats: x, lastAt: t, observed: T }: PurchaseHistory): number {
  const m = Math.min(alpha, beta);
  const [from, to] = [Math.log(m + t), Math.log(m + T)];
  const half = (to - from) / 2;
  if (!(half > 0)) return Number.NEGATIVE_INFINITY;
  const height = (w: number) => {
    const y = Math.exp(w) - m;
    return w - (r + x) * Math.log(alpha + y) - (s + 1) * Math.log(beta + y);
  };
  const top = height(from);
  const fall = Math.abs(top - height(to));
  // The error of n nodes on e^(−fall·w) is about (fall/2)^2n / (2n)!: below 1e-12 throughout.
  const { nodes, weights } = fall < 2 ? FEW : fall < 10 ? SOME : MANY;
  let sum = 0;
  for (let at = 0; at < nodes.length; at += 1) {
    const step = half * (nodes[at] ?? 0);
    sum += (weights[at] ?? 0) * (Math.exp(height(from + half - step) - top) + Math.exp(height(from + half + step) - top));
  }
  return top + Math.log(half * sum);
}

/** Maximum likelihood over the logarithms of the parameters. The caller has looked at `fittingFault`. */
export function fitParetoNbd(histories: readonly PurchaseHistory[]): Fitted<ParetoNbd> {
  const counted = countSame(histories);
  const middle = Math.log(1 + Math.max(...histories.map(({ observed }) => observed)) / 4);
  const found = minimise((point) => -total(counted, asModel(point)), [0, middle, 0, middle]);
  return { model: asModel(found.point), logLikelihood: -found.value, isReached: isSettled(found, [0, 2]) };
}

const total = (counted: readonly CountedHistory[], model: ParetoNbd) =>
  counted.reduce((sum, { history, customers }) => sum + customers * paretoNbdLogLikelihood(model, history), 0);

function asModel(point: readonly number[]): ParetoNbd {
  const [r = 0, alpha = 0, s = 0, beta = 0] = point.map(Math.exp);
  return { r, alpha, s, beta };
}

/** The chance, 0 to 1, that the customer still buys. */
export function paretoNbdAlive(model: ParetoNbd, history: PurchaseHistory): number {
  const alive = logAlive(model, history);
  return Math.exp(alive - logSum(alive, Math.log(model.s) + logLeft(model, history)));
}

/**
 * Purchases to expect in the next `time` units:
 * (r+x)(β+T) / ((α+T)(s−1)) · (1 − ((β+T)/(β+T+time))^(s−1)) · P(alive). Source: Fader and Hardie, "A note on deriving the Pareto/NBD model" (2005).
 */
export function paretoNbdExpected(model: ParetoNbd, history: PurchaseHistory, time: number): number {
  const { r, alpha, s, beta } = model;
  const { repeats: x, observed: T } = history;
  const growth = Math.log1p(time / (beta + T));
  const whileAlive = Math.abs(s - 1) < 1e-9 ? growth : -Math.expm1(-(s - 1) * growth) / (s - 1);
  return (((r + x) * (beta + T)) / (alpha + T)) * whileAlive * paretoNbdAlive(model, history);
}

/** Positive nodes and weights of Gauss and Legendre's rule of n nodes, n even, by Newton's method on the Legendre polynomial. */
function gaussLegendre(n: number): { readonly nodes: Float64Array; readonly weights: Float64Array } {
  const nodes = new Float64Array(n / 2);
  const weights = new Float64Array(n / 2);
  for (let place = 0; place < n / 2; place += 1) {
    let x = Math.cos((Math.PI * (place + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let round = 0; round < 20; round += 1) {
      let [before, at] = [1, x];
      for (let degree = 2; degree <= n; degree += 1) [before, at] = [at, ((2 * degree - 1) * x * at - (degree - 1) * before) / degree];
      slope = (n * (x * at - before)) / (x * x - 1);
      x -= at / slope;
    }
    nodes[place] = x;
    weights[place] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

const FEW = gaussLegendre(8);
const SOME = gaussLegendre(16);
const MANY = gaussLegendre(40);
