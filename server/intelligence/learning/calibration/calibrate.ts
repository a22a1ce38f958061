import { assertNever } from "../../../platform/errors/index.ts";
import { fitLine } from "./fit-line.ts";

/** From a raw score to a chance. Plain JSON, kept beside the model. */
export type Calibration =
  | { readonly kind: "platt"; readonly slope: number; readonly intercept: number }
  /** A score at most bounds[i] has chances[i]; ascending; the last chance has no bound. */
  | { readonly kind: "isotonic"; readonly bounds: readonly number[]; readonly chances: readonly number[] };

/**
 * Platt's sigmoid: chance = 1 / (1 + e^-(slope x score + intercept)), fitted to targets drawn in by one row a class (Platt 1999; Lin, Lin
 * and Weng 2007). Two parameters: safe from some dozen rows on. Fit on rows the model was not trained on.
 */
export function fitPlatt(scores: Float64Array, target: Float64Array): Calibration {
  const events = target.reduce((a, b) => a + b, 0);
  const high = (events + 1) / (events + 2);
  const low = 1 / (target.length - events + 2);
  const smoothed = target.map((value) => (value === 1 ? high : low));
  return { kind: "platt", ...fitLine(scores, smoothed) };
}

/**
 * The rising step function closest to the outcomes, by pooling adjacent violators (Ayer et al. 1955; Zadrozny and Elkan 2002). Follows
 * any shape, and needs a thousand rows or more. Fit on rows the model was not trained on.
 */
export function fitIsotonic(scores: Float64Array, target: Float64Array): Calibration {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => (scores[a] as number) - (scores[b] as number) || a - b);
  const pools: { events: number; rows: number; bound: number }[] = [];
  for (const row of order) {
    const score = scores[row] as number;
    const last = pools.at(-1);
    if (last !== undefined && last.bound === score) {
      last.events += target[row] as number;
      last.rows += 1;
    } else {
      pools.push({ events: target[row] as number, rows: 1, bound: score });
    }
  }
  const rising: typeof pools = [];
  for (const pool of pools) {
    let merged = pool;
    for (let last = rising.at(-1); last !== undefined && last.events * merged.rows >= merged.events * last.rows; last = rising.at(-1)) {
      rising.pop();
      merged = { events: last.events + merged.events, rows: last.rows + merged.rows, bound: merged.bound };
    }
    rising.push(merged);
  }
  return {
    kind: "isotonic",
    bounds: rising.slice(0, -1).map(({ bound }) => bound),
    chances: rising.map(({ events, rows }) => events / rows),
  };
}

/** The chance of the event at this raw score. */
export function calibrated(calibration: Calibration, score: number): number {
  switch (calibration.kind) {
    case "platt":
      return 1 / (1 + Math.exp(-calibration.intercept - calibration.slope * score));
    case "isotonic":
      return calibration.chances[firstAtLeast(calibration.bounds, score)] ?? 0;
    default:
      return assertNever(calibration);
  }
}

/** Place of the first bound that is not below the score; their number where all are. */
function firstAtLeast(bounds: readonly number[], score: number): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (score <= (bounds[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}
