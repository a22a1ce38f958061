import type { MonthMeasure, Pair } from "./contract.ts";

const RECENT_MONTHS = 3;
const BEFORE_MONTHS = 12;
const BEFORE_MONTHS_MIN = 6;
/** Seen by chance in one of twenty months or rarer (two standard errors), and large enough to speak of. */
const ERRORS_MIN = 2;
const SHARE_MIN = 0.25;
/** What is too little to speak of, a month: two bookings, a hundred of the currency. */
const COUNT_MIN = 2;
const MINOR_MIN = 10_000;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The last three months against those before them. Oldest first. */
export function against(series: readonly number[]): Pair {
  const before = series.slice(-RECENT_MONTHS - BEFORE_MONTHS, -RECENT_MONTHS);
  return { recent: mean(series.slice(-RECENT_MONTHS)), before: before.length < BEFORE_MONTHS_MIN ? null : mean(before) };
}

export interface Change {
  readonly measure: MonthMeasure;
  readonly recent: number;
  readonly before: number;
}

/**
 * Which measures left their own past: the mean of three months lies two standard errors or more from the mean of those before (by their own spread), and
 * a quarter of it. The farthest first. A measure as even as a standing order has no spread: then any change that is large enough counts.
 */
export function changesOf(series: ReadonlyMap<MonthMeasure, readonly number[]>): Change[] {
  const found: (Change & { readonly errors: number })[] = [];
  for (const [measure, values] of series) {
    const { recent, before } = against(values);
    if (before === null) continue;
    const past = values.slice(-RECENT_MONTHS - BEFORE_MONTHS, -RECENT_MONTHS);
    const spread = Math.sqrt(past.reduce((sum, value) => sum + (value - before) ** 2, 0) / (past.length - 1));
    const moved = Math.abs(recent - before);
    const errors = spread === 0 ? Number.POSITIVE_INFINITY : moved / (spread * Math.sqrt(1 / RECENT_MONTHS + 1 / past.length));
    const least = measure.endsWith("_minor") ? MINOR_MIN : COUNT_MIN;
    if (errors >= ERRORS_MIN && moved >= SHARE_MIN * Math.abs(before) && moved >= least) found.push({ measure, recent, before, errors });
  }
  return found.toSorted((a, b) => b.errors - a.errors).map(({ measure, recent, before }) => ({ measure, recent, before }));
}
