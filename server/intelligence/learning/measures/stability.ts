import type { CategoryColumn, Column } from "../tables/table.ts";

// Below, an empty bin would make the index endless.
const SHARE_MIN = 1e-4;
const CATEGORIES_MAX = 20;

/**
 * Population stability index: sum over bins of (actual - expected) x ln(actual / expected), shares of rows (Siddiqi 2006, chapter 9).
 * Under 0.1 stable, to 0.25 watch, above act. Empty bins count as one row in ten thousand.
 */
export function stabilityIndex(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  const shares = (counts: ArrayLike<number>) => {
    const list = Array.from(counts);
    const total = list.reduce((a, b) => a + b, 0);
    return list.map((count) => Math.max(total === 0 ? 0 : count / total, SHARE_MIN));
  };
  const [before, after] = [shares(expected), shares(actual)];
  return before.reduce((sum, share, bin) => {
    const now = after[bin] as number;
    return sum + (now - share) * Math.log(now / share);
  }, 0);
}

/**
 * Characteristic stability: how many points the average score of one characteristic has moved, the sum over its bins of (actual share -
 * expected share) x points (Siddiqi 2006, chapter 9). Near 0 is stable; the sign says in whose favour.
 */
export function characteristicStability(expected: readonly number[], actual: readonly number[], points: readonly number[]): number {
  const total = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
  const [before, after] = [total(expected), total(actual)];
  return points.reduce((sum, point, bin) => sum + ((actual[bin] as number) / after - (expected[bin] as number) / before) * point, 0);
}

/** The stability index of a column between two sets of rows: deciles of the expected numbers or their 20 commonest categories, and missing. */
export function columnStability(expected: Column, actual: Column): number {
  if (expected.kind === "number" && actual.kind === "number") return numberStability(expected.values, actual.values);
  if (expected.kind === "category" && actual.kind === "category") return categoryStability(expected, actual);
  throw new TypeError(`${expected.name} is not of one kind in both`);
}

/** The stability index of numbers, scores for instance, over the deciles of the expected ones; missing is a bin of its own. */
export function numberStability(expected: Float64Array, actual: Float64Array): number {
  const sorted = expected.filter((value) => !Number.isNaN(value)).sort();
  const bounds = new Set<number>();
  for (let tenth = 1; tenth < 10; tenth += 1) bounds.add(sorted[Math.floor((tenth * (sorted.length - 1)) / 10)] ?? 0);
  // A decile that is also the largest value would leave an empty bin above it.
  const cuts = [...bounds].filter((bound) => bound < (sorted.at(-1) ?? 0));
  const counts = (values: Float64Array) => {
    const bins = new Float64Array(cuts.length + 2);
    for (const value of values) {
      const bin = Number.isNaN(value) ? cuts.length + 1 : cuts.filter((cut) => value > cut).length;
      bins[bin] = (bins[bin] as number) + 1;
    }
    return bins;
  };
  return stabilityIndex(counts(expected), counts(actual));
}

function categoryStability(expected: CategoryColumn, actual: CategoryColumn): number {
  const before = countsOf(expected);
  const kept = [...before.keys()]
    .filter((name) => name !== null)
    .sort((a, b) => (before.get(b) ?? 0) - (before.get(a) ?? 0) || (a < b ? -1 : 1))
    .slice(0, CATEGORIES_MAX);
  const binned = (counts: ReadonlyMap<string | null, number>) => {
    const bins = [counts.get(null) ?? 0, ...kept.map((name) => counts.get(name) ?? 0)];
    const rest = [...counts.values()].reduce((a, b) => a + b, 0) - bins.reduce((a, b) => a + b, 0);
    return [...bins, rest];
  };
  return stabilityIndex(binned(before), binned(countsOf(actual)));
}

function countsOf({ codes, categories }: CategoryColumn): Map<string | null, number> {
  const byCode = new Float64Array(categories.length + 1);
  for (const code of codes) byCode[code + 1] = (byCode[code + 1] as number) + 1;
  return new Map(Array.from(byCode, (count, place) => [place === 0 ? null : (categories[place - 1] as string), count]));
}
