import { solveCholesky } from "./cholesky.ts";

/** Rows of numbers, row-major, without a column for the intercept. */
export interface Design {
  readonly rows: number;
  readonly width: number;
  readonly values: Float64Array;
}

export interface LogisticFit {
  readonly intercept: number;
  readonly coefficients: Float64Array;
  /** Rounds taken; `roundsMax` without `converged` says the classes can be told apart without error. */
  readonly rounds: number;
  readonly converged: boolean;
}

export interface LogisticOptions {
  /** Half of it times the sum of squared coefficients is added to the loss; the intercept is free. */
  readonly ridge: number;
  readonly roundsMax: number;
}

const defaults: LogisticOptions = { ridge: 1e-6, roundsMax: 50 };

/**
 * Logistic regression by iteratively reweighted least squares: Newton's method on the penalised log-likelihood, each step solved by
 * Cholesky's factors, halved where it would overshoot (McCullagh and Nelder 1989, section 4.4; le Cessie and van Houwelingen 1992 for the ridge).
 */
export function fitLogistic(
  design: Design,
  target: Float64Array,
  weights: Float64Array | null = null,
  chosen: Partial<LogisticOptions> = {},
): LogisticFit {
  const options = { ...defaults, ...chosen };
  const problem: Problem = { design, target, weights, ridge: options.ridge };
  let beta: Float64Array = new Float64Array(design.width + 1);
  let loss = lossAt(problem, beta);
  for (let round = 1; round <= options.roundsMax; round += 1) {
    const step = newtonStep(problem, beta);
    let share = 1;
    let next = beta;
    let nextLoss = Infinity;
    for (; share > 1e-4; share /= 2) {
      next = beta.map((value, place) => value + share * (step[place] as number));
      nextLoss = lossAt(problem, next);
      if (nextLoss <= loss) break;
    }
    const gained = loss - nextLoss;
    if (nextLoss <= loss) {
      beta = next;
      loss = nextLoss;
    }
    if (!(gained > 1e-9 * (1 + loss))) return fitOf(beta, round, true);
  }
  return fitOf(beta, options.roundsMax, false);
}

interface Problem {
  readonly design: Design;
  readonly target: Float64Array;
  readonly weights: Float64Array | null;
  readonly ridge: number;
}

function fitOf(beta: Float64Array, rounds: number, converged: boolean): LogisticFit {
  return { intercept: beta.at(-1) as number, coefficients: beta.slice(0, -1), rounds, converged };
}

/** The intercept stands last. */
export function linearScore(design: Design, row: number, beta: Float64Array): number {
  const first = row * design.width;
  let score = beta[design.width] as number;
  for (let place = 0; place < design.width; place += 1) score += (design.values[first + place] as number) * (beta[place] as number);
  return score;
}

function lossAt({ design, target, weights, ridge }: Problem, beta: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < design.rows; row += 1) {
    const score = linearScore(design, row, beta);
    const loss = Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - (target[row] as number) * score;
    sum += weights === null ? loss : loss * (weights[row] as number);
  }
  for (let place = 0; place < design.width; place += 1) sum += (ridge / 2) * (beta[place] as number) ** 2;
  return sum;
}

function newtonStep(problem: Problem, beta: Float64Array): Float64Array {
  const { design, target, weights, ridge } = problem;
  const { width, values } = design;
  const size = width + 1;
  const curvature = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  const row1 = new Float64Array(size).fill(1, width);
  for (let row = 0; row < design.rows; row += 1) {
    const chance = 1 / (1 + Math.exp(-linearScore(design, row, beta)));
    const weight = weights === null ? 1 : (weights[row] as number);
    const off = weight * ((target[row] as number) - chance);
    const bend = weight * chance * (1 - chance);
    row1.set(values.subarray(row * width, (row + 1) * width));
    for (let i = 0; i < size; i += 1) {
      const value = row1[i] as number;
      if (value === 0) continue;
      gradient[i] = (gradient[i] as number) + off * value;
      const scaled = bend * value;
      for (let j = 0; j <= i; j += 1) curvature[i * size + j] = (curvature[i * size + j] as number) + scaled * (row1[j] as number);
    }
  }
  for (let place = 0; place < width; place += 1) {
    gradient[place] = (gradient[place] as number) - ridge * (beta[place] as number);
    curvature[place * size + place] = (curvature[place * size + place] as number) + ridge;
  }
  return solveWithJitter(curvature, gradient);
}

/** Columns that repeat each other leave the matrix singular: the diagonal is raised until it can be factored. */
function solveWithJitter(a: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  let largest = 1e-12;
  for (let place = 0; place < size; place += 1) largest = Math.max(largest, a[place * size + place] as number);
  for (let jitter = 0; jitter < 1; jitter = jitter === 0 ? 1e-12 : jitter * 100) {
    const raised = a.slice();
    for (let place = 0; place < size; place += 1)
      raised[place * size + place] = (raised[place * size + place] as number) + jitter * largest;
    const solved = solveCholesky(raised, b);
    if (solved?.every(Number.isFinite)) return solved;
  }
  return new Float64Array(size);
}
