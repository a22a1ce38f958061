import { assertNever } from "../../../platform/errors/index.ts";
import type { TreeOptions } from "./tree-options.ts";

/**
 * A loss in one raw score per row (per class under softmax). `fill` writes gradient and curvature of the loss in the raw score, times
 * the row's weight, as pairs (g, h) for the class asked for (Friedman 2001; second order as in Chen and Guestrin 2016, section 2.2).
 */
export interface Loss {
  /** Raw scores before the first tree: the best constant. */
  baseScores(target: Float64Array, weights: Float64Array | null): number[];
  fill(pairs: Float64Array, rows: LossRows, klass: number): void;
  /** Mean loss per unit of weight; for poisson and tweedie without the terms that no score changes. */
  mean(rows: LossRows): number;
}

/** Raw scores stand class by class: those of class k from k * target.length on. */
export interface LossRows {
  readonly target: Float64Array;
  readonly weights: Float64Array | null;
  readonly raw: Float64Array;
}

export function lossOf(options: TreeOptions): Loss {
  switch (options.objective) {
    case "logistic":
      return logisticLoss;
    case "softmax":
      return softmaxLoss(options.classes);
    case "squared":
      return squaredLoss;
    case "poisson":
      return logLinkLoss(1);
    case "tweedie":
      return logLinkLoss(options.tweediePower);
    default:
      return assertNever(options.objective);
  }
}

/** What a raw score says in the target's own units: a probability, a mean. Softmax turns a row's classes in place. */
export function toMeans(objective: TreeOptions["objective"], raw: Float64Array): Float64Array {
  if (objective === "softmax") {
    const largest = raw.reduce((a, b) => Math.max(a, b), -Infinity);
    const powers = raw.map((score) => Math.exp(score - largest));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / sum);
  }
  if (objective === "squared") return raw;
  return objective === "logistic" ? raw.map(sigmoid) : raw.map(Math.exp);
}

export function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

// A certain leaf would have no curvature and an endless value.
const CURVATURE_MIN = 1e-16;

const logisticLoss: Loss = {
  baseScores: (target, weights) => {
    const mean = clamp(meanOf(target, weights), 1e-12, 1 - 1e-12);
    return [Math.log(mean / (1 - mean))];
  },
  fill: (pairs, { target, weights, raw }) => {
    for (let row = 0; row < target.length; row += 1) {
      const chance = sigmoid(raw[row] as number);
      const weight = weights === null ? 1 : (weights[row] as number);
      pairs[2 * row] = weight * (chance - (target[row] as number));
      pairs[2 * row + 1] = weight * Math.max(chance * (1 - chance), CURVATURE_MIN);
    }
  },
  mean: (rows) => meanLoss(rows, (row) => softplus(rows.raw[row] as number) - (rows.target[row] as number) * (rows.raw[row] as number)),
};

/** ln(1 + e^x) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

const squaredLoss: Loss = {
  baseScores: (target, weights) => [meanOf(target, weights)],
  fill: (pairs, { target, weights, raw }) => {
    for (let row = 0; row < target.length; row += 1) {
      const weight = weights === null ? 1 : (weights[row] as number);
      pairs[2 * row] = weight * ((raw[row] as number) - (target[row] as number));
      pairs[2 * row + 1] = weight;
    }
  },
  mean: (rows) => meanLoss(rows, (row) => ((rows.raw[row] as number) - (rows.target[row] as number)) ** 2 / 2),
};

/** One tree a class; curvature times K/(K-1) as Friedman 2001, section 4.6. */
function softmaxLoss(classes: number): Loss {
  const scale = classes / (classes - 1);
  const logSum = ({ raw, target }: LossRows, row: number) => {
    let largest = -Infinity;
    for (let k = 0; k < classes; k += 1) largest = Math.max(largest, raw[k * target.length + row] as number);
    let sum = 0;
    for (let k = 0; k < classes; k += 1) sum += Math.exp((raw[k * target.length + row] as number) - largest);
    return largest + Math.log(sum);
  };
  return {
    baseScores: (target, weights) =>
      Array.from({ length: classes }, (_, k) =>
        Math.log(
          Math.max(
            meanOf(
              target.map((value) => Number(value === k)),
              weights,
            ),
            1e-12,
          ),
        ),
      ),
    fill: (pairs, rows, klass) => {
      const { target, weights, raw } = rows;
      for (let row = 0; row < target.length; row += 1) {
        const chance = Math.exp((raw[klass * target.length + row] as number) - logSum(rows, row));
        const weight = weights === null ? 1 : (weights[row] as number);
        pairs[2 * row] = weight * (chance - Number(target[row] === klass));
        pairs[2 * row + 1] = weight * Math.max(scale * chance * (1 - chance), CURVATURE_MIN);
      }
    },
    mean: (rows) =>
      meanLoss(rows, (row) => logSum(rows, row) - (rows.raw[(rows.target[row] as number) * rows.target.length + row] as number)),
  };
}

/**
 * Deviance with a log link, mean mu = e^f, variance proportional to mu^p; p = 1 is Poisson, 1 < p < 2 a sum of Poisson many gammas
 * (Jorgensen 1987). Loss: -y mu^(1-p)/(1-p) + mu^(2-p)/(2-p), for p = 1: mu - y f.
 */
function logLinkLoss(power: number): Loss {
  const lower = (score: number) => Math.exp((1 - power) * score);
  const upper = (score: number) => Math.exp((2 - power) * score);
  return {
    baseScores: (target, weights) => [Math.log(Math.max(meanOf(target, weights), 1e-12))],
    fill: (pairs, { target, weights, raw }) => {
      for (let row = 0; row < target.length; row += 1) {
        const score = raw[row] as number;
        const value = target[row] as number;
        const weight = weights === null ? 1 : (weights[row] as number);
        pairs[2 * row] = weight * (upper(score) - value * lower(score));
        const curvature = (2 - power) * upper(score) + (power - 1) * value * lower(score);
        pairs[2 * row + 1] = weight * Math.max(curvature, CURVATURE_MIN);
      }
    },
    mean: (rows) =>
      meanLoss(rows, (row) => {
        const score = rows.raw[row] as number;
        const value = rows.target[row] as number;
        return power === 1 ? upper(score) - value * score : upper(score) / (2 - power) - (value * lower(score)) / (1 - power);
      }),
  };
}

function meanLoss({ target, weights }: LossRows, lossOfRow: (row: number) => number): number {
  let sum = 0;
  let weightSum = 0;
  for (let row = 0; row < target.length; row += 1) {
    const weight = weights === null ? 1 : (weights[row] as number);
    sum += weight * lossOfRow(row);
    weightSum += weight;
  }
  return sum / weightSum;
}

function meanOf(target: Float64Array, weights: Float64Array | null): number {
  let sum = 0;
  let weightSum = 0;
  for (let row = 0; row < target.length; row += 1) {
    const weight = weights === null ? 1 : (weights[row] as number);
    sum += weight * (target[row] as number);
    weightSum += weight;
  }
  return sum / weightSum;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
