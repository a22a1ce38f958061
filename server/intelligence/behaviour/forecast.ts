import { type Forecast, MONTHS_AHEAD } from "./contract.ts";

/** Below it a line through the months says nothing. */
export const FORECAST_MONTHS_MIN = 6;
/** Holding back three months must leave as many as a forecast needs twice over. */
const TRIAL_MONTHS_MIN = 2 * FORECAST_MONTHS_MIN;
const ALPHA_STEPS = 99;
/** Of the normal distribution: four of five. */
const EIGHTY_PERCENT = 1.2816;

/**
 * The next months of a series by the Theta method: exponential smoothing with half of the drift of the line through it, best of the methods of the M3
 * competition for short monthly series. Assimakopoulos, Nikolopoulos: The theta model, International Journal of Forecasting 16 (2000); as smoothing with
 * drift, and its variance: Hyndman, Billah: Unmasking the Theta method, ibid. 19 (2003). No season: two years do not show one. null: fewer than six months.
 * `floor`: what can never be gone below, as money that comes in.
 */
export function forecast(series: readonly number[], floor = Number.NEGATIVE_INFINITY): Forecast | null {
  if (series.length < FORECAST_MONTHS_MIN) return null;
  return { months: ahead(series, floor), missed: missedOf(series, floor) };
}

function ahead(series: readonly number[], floor: number): Forecast["months"] {
  const { alpha, level, variance } = smooth(series);
  const drift = slope(series) / 2;
  const start = (1 - (1 - alpha) ** series.length) / alpha;
  return Array.from({ length: MONTHS_AHEAD }, (_, at) => {
    const expected = level + drift * (at + start);
    const width = EIGHTY_PERCENT * Math.sqrt(variance * (at * alpha ** 2 + 1));
    const [low, middle, high] = [expected - width, expected, expected + width].map((value) => Math.round(Math.max(floor, value)));
    return { expected: middle ?? 0, low: low ?? 0, high: high ?? 0 };
  });
}

/** Simple exponential smoothing from the first value on, with the constant that misses the next month least; on a tie the calmer one. */
function smooth(series: readonly number[]): { alpha: number; level: number; variance: number } {
  let best = { alpha: 1, level: series.at(-1) ?? 0, variance: Number.POSITIVE_INFINITY };
  for (let step = 1; step <= ALPHA_STEPS; step += 1) {
    const alpha = step / (ALPHA_STEPS + 1);
    let level = series[0] ?? 0;
    let squares = 0;
    for (const value of series.slice(1)) {
      squares += (value - level) ** 2;
      level += alpha * (value - level);
    }
    const variance = squares / Math.max(1, series.length - 2);
    if (variance < best.variance) best = { alpha, level, variance };
  }
  return best;
}

/** Of the line of least squares through the series, a month. */
function slope(series: readonly number[]): number {
  const middle = (series.length - 1) / 2;
  const mean = series.reduce((sum, value) => sum + value, 0) / series.length;
  const together = series.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  return together / series.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
}

function missedOf(series: readonly number[], floor: number): number | null {
  const told = series.slice(0, -MONTHS_AHEAD);
  if (told.length < TRIAL_MONTHS_MIN) return null;
  const missed = ahead(told, floor).map(({ expected }, at) => Math.abs(expected - (series[told.length + at] ?? 0)));
  return Math.round(missed.reduce((sum, value) => sum + value, 0) / missed.length);
}
