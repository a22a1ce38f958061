import { fitLine } from "../calibration/fit-line.ts";

const CHANCE_MIN = 1e-15;

/** Mean of -ln of the chance given to what happened (Good 1952), in nats; chances are kept 1e-15 away from 0 and 1. */
export function logLoss(target: Float64Array, chances: Float64Array): number {
  let sum = 0;
  chances.forEach((chance, row) => {
    const given = target[row] === 1 ? chance : 1 - chance;
    sum -= Math.log(Math.max(given, CHANCE_MIN));
  });
  return sum / target.length;
}

/** Mean squared distance between chance and outcome (Brier 1950). */
export function brierScore(target: Float64Array, chances: Float64Array): number {
  let sum = 0;
  chances.forEach((chance, row) => {
    sum += (chance - (target[row] as number)) ** 2;
  });
  return sum / target.length;
}

export interface CalibrationBin {
  readonly rows: number;
  readonly meanChance: number;
  readonly eventRate: number;
}

/** How far predicted chances are from what happens. */
export interface CalibrationReport {
  /** Events = intercept + slope x predicted log-odds; slope 1 and intercept 0 are perfect, slope below 1 is over-confident (Cox 1958). */
  readonly slope: number;
  readonly intercept: number;
  /** Mean distance between chance and rate over the bins, weighted by rows. */
  readonly expectedError: number;
  /** Ten bins of equal size, lowest chance first. */
  readonly bins: readonly CalibrationBin[];
}

export function calibrationOf(target: Float64Array, chances: Float64Array): CalibrationReport {
  const order = Uint32Array.from(chances.keys()).sort((a, b) => (chances[a] as number) - (chances[b] as number) || a - b);
  const bins: CalibrationBin[] = [];
  for (let bin = 0; bin < 10; bin += 1) {
    const rows = order.subarray(Math.floor((bin * order.length) / 10), Math.floor(((bin + 1) * order.length) / 10));
    if (rows.length === 0) continue;
    const mean = (list: Float64Array) => rows.reduce((sum, row) => sum + (list[row] as number), 0) / rows.length;
    bins.push({ rows: rows.length, meanChance: mean(chances), eventRate: mean(target) });
  }
  const expectedError = bins.reduce((sum, bin) => sum + bin.rows * Math.abs(bin.meanChance - bin.eventRate), 0) / target.length;
  return { ...fitLine(chances.map(logOdds), target), expectedError, bins };
}

/** ln(p / (1 - p)), bounded at +-34.5. */
export function logOdds(chance: number): number {
  const kept = Math.min(Math.max(chance, CHANCE_MIN), 1 - CHANCE_MIN);
  return Math.log(kept / (1 - kept));
}
