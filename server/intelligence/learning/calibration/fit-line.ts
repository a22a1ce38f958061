/** ln-odds of the event = intercept + slope x score. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

const ROUNDS_MAX = 100;
const RIDGE = 1e-12;

/**
 * Logistic regression on one score by Newton's method with step halving. Targets may lie between 0 and 1, as Platt's smoothed ones do.
 * A score that tells classes apart without error has no finite slope: what the last round reached is given.
 */
export function fitLine(scores: Float64Array, target: Float64Array): Line {
  const mean = target.reduce((a, b) => a + b, 0) / target.length;
  let line: Line = { slope: 0, intercept: Math.log((mean + 1e-12) / (1 - mean + 1e-12)) };
  let loss = lossOf(scores, target, line);
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const step = newtonStep(scores, target, line);
    let share = 1;
    let next = line;
    let nextLoss = Infinity;
    for (; share > 1e-6; share /= 2) {
      next = { slope: line.slope + share * step.slope, intercept: line.intercept + share * step.intercept };
      nextLoss = lossOf(scores, target, next);
      if (nextLoss <= loss) break;
    }
    if (!(nextLoss < loss - 1e-12 * (1 + loss))) break;
    line = next;
    loss = nextLoss;
  }
  return line;
}

function lossOf(scores: Float64Array, target: Float64Array, { slope, intercept }: Line): number {
  let sum = 0;
  for (let row = 0; row < scores.length; row += 1) {
    const raw = intercept + slope * (scores[row] as number);
    sum += Math.max(raw, 0) + Math.log1p(Math.exp(-Math.abs(raw))) - (target[row] as number) * raw;
  }
  return sum;
}

function newtonStep(scores: Float64Array, target: Float64Array, line: Line): Line {
  let [a, b, c, slope, intercept] = [RIDGE, 0, RIDGE, 0, 0];
  for (let row = 0; row < scores.length; row += 1) {
    const score = scores[row] as number;
    const chance = 1 / (1 + Math.exp(-line.intercept - line.slope * score));
    const curvature = chance * (1 - chance);
    const off = (target[row] as number) - chance;
    a += curvature * score * score;
    b += curvature * score;
    c += curvature;
    slope += off * score;
    intercept += off;
  }
  const determinant = a * c - b * b || RIDGE;
  return { slope: (c * slope - b * intercept) / determinant, intercept: (a * intercept - b * slope) / determinant };
}
