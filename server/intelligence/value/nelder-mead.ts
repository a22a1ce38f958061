export interface Minimum {
  readonly point: readonly number[];
  readonly value: number;
  readonly evaluations: number;
  /** False when the bound on evaluations ended the search. */
  readonly isReached: boolean;
}

const EVALUATIONS_MAX = 4_000;
const SPREAD_MAX = 1e-10;
const STEP = 0.5;
/** Of the value: a gain below it is none, or a flat likelihood would be followed for ever. */
const GAIN_MIN = 1e-8;

/**
 * Minimum of a function without derivatives: the simplex of Nelder and Mead (The Computer Journal 7, 1965), reflection 1, expansion 2, contraction
 * and shrinkage 1/2, begun anew at what it found until that gains nothing, because a simplex can collapse beside the minimum. Where the function is not
 * a number it counts as infinite. At most 4,000 evaluations; deterministic.
 */
export function minimise(value: (point: readonly number[]) => number, start: readonly number[]): Minimum {
  let evaluations = 0;
  const measure = (point: readonly number[]): Corner => {
    evaluations += 1;
    const found = value(point);
    return { point, value: Number.isNaN(found) ? Number.POSITIVE_INFINITY : found };
  };
  let best = measure(start);
  for (;;) {
    const found = descend(measure, best, () => evaluations >= EVALUATIONS_MAX);
    const gain = best.value - found.value;
    best = found;
    const isReached = !(gain > GAIN_MIN * (1 + Math.abs(found.value)));
    if (isReached || evaluations >= EVALUATIONS_MAX) return { ...best, evaluations, isReached };
  }
}

const EDGE = Math.log(10_000);

/** Whether a search over logarithms ended somewhere: reached, and no shape (by its place) ran off beyond 1 : 10,000, as it does where customers do not differ. */
export function isSettled({ point, isReached }: Minimum, shapes: readonly number[]): boolean {
  return isReached && shapes.every((place) => Math.abs(point[place] ?? 0) < EDGE);
}

interface Corner {
  readonly point: readonly number[];
  readonly value: number;
}

function descend(measure: (point: readonly number[]) => Corner, start: Corner, isSpent: () => boolean): Corner {
  const corners = [start, ...start.point.map((_, axis) => measure(start.point.map((at, index) => (index === axis ? at + STEP : at))))];
  while (!isSpent()) {
    corners.sort((a, b) => a.value - b.value);
    const [best, worst, second] = [corners[0], corners.at(-1), corners.at(-2)];
    if (best === undefined || worst === undefined || second === undefined) break;
    if (isFlat(best, corners)) break;
    const centre = start.point.map((_, axis) => corners.slice(0, -1).reduce((sum, corner) => sum + (corner.point[axis] ?? 0), 0));
    const along = (step: number) =>
      measure(centre.map((sum, axis) => (1 + step) * (sum / start.point.length) - step * (worst.point[axis] ?? 0)));
    const better = nextCorner(along, best, second, worst);
    if (better !== null) corners[corners.length - 1] = better;
    else {
      for (const [place, corner] of corners.entries()) {
        if (place > 0) corners[place] = measure(corner.point.map((at, axis) => (at + (best.point[axis] ?? 0)) / 2));
      }
    }
  }
  return corners.reduce((least, corner) => (corner.value < least.value ? corner : least));
}

/** The corner that takes the place of the worst; null when the simplex has to shrink. */
function nextCorner(along: (step: number) => Corner, best: Corner, second: Corner, worst: Corner): Corner | null {
  const reflected = along(1);
  if (reflected.value < best.value) {
    const expanded = along(2);
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < second.value) return reflected;
  const contracted = along(reflected.value < worst.value ? 0.5 : -0.5);
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : null;
}

function isFlat(best: Corner, corners: readonly Corner[]): boolean {
  return corners.every(
    (corner) =>
      corner.value - best.value <= SPREAD_MAX * (1 + Math.abs(best.value)) &&
      corner.point.every((at, axis) => Math.abs(at - (best.point[axis] ?? 0)) <= 1e-7 * (1 + Math.abs(at))),
  );
}
