import { stabilityIndex } from "../measures/stability.ts";
import type { Column } from "../tables/table.ts";

/** How a column was spread when a model was trained: plain JSON, without a single row. */
export type Histogram =
  /** Values at most cuts[i] fall in bin i, the rest in the bin behind; `missing` apart. */
  | {
      readonly name: string;
      readonly kind: "number";
      readonly cuts: readonly number[];
      readonly counts: readonly number[];
      readonly missing: number;
    }
  /** The commonest, and the rest together. */
  | {
      readonly name: string;
      readonly kind: "category";
      readonly categories: readonly string[];
      readonly counts: readonly number[];
      readonly rest: number;
      readonly missing: number;
    };

const BINS = 10;
const CATEGORIES_MAX = 20;

/** Deciles of a number, or the 20 commonest categories: as columnStability bins them. */
export function histogramOf(column: Column): Histogram {
  const { name } = column;
  if (column.kind === "number") {
    const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
    const cuts = new Set<number>();
    for (let tenth = 1; tenth < BINS; tenth += 1) cuts.add(sorted[Math.floor((tenth * (sorted.length - 1)) / BINS)] ?? 0);
    const kept = [...cuts].filter((cut) => cut < (sorted.at(-1) ?? 0));
    return { name, kind: "number", cuts: kept, ...numberCounts(column.values, kept) };
  }
  const counts = categoryCounts(column);
  const categories = [...counts.keys()]
    .filter((category) => category !== null)
    .sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1))
    .slice(0, CATEGORIES_MAX);
  return { name, kind: "category", categories, ...spread(counts, categories) };
}

/** The stability index of later rows against the histogram; a column that no longer comes, or is of another kind, counts as all missing. */
export function histogramStability(before: Histogram, later: Column | undefined): number {
  if (before.kind === "number") {
    const now = later?.kind === "number" ? numberCounts(later.values, before.cuts) : { counts: before.counts.map(() => 0), missing: 1 };
    return stabilityIndex([...before.counts, before.missing], [...now.counts, now.missing]);
  }
  const now =
    later?.kind === "category"
      ? spread(categoryCounts(later), before.categories)
      : { counts: before.counts.map(() => 0), rest: 0, missing: 1 };
  return stabilityIndex([...before.counts, before.rest, before.missing], [...now.counts, now.rest, now.missing]);
}

function numberCounts(values: Float64Array, cuts: readonly number[]): { counts: number[]; missing: number } {
  const counts = new Array<number>(cuts.length + 1).fill(0);
  let missing = 0;
  for (const value of values) {
    if (Number.isNaN(value)) {
      missing += 1;
      continue;
    }
    let bin = 0;
    while (bin < cuts.length && value > (cuts[bin] as number)) bin += 1;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { counts, missing };
}

function categoryCounts(column: Extract<Column, { kind: "category" }>): Map<string | null, number> {
  const byCode = new Float64Array(column.categories.length + 1);
  for (const code of column.codes) byCode[code + 1] = (byCode[code + 1] as number) + 1;
  return new Map(Array.from(byCode, (count, place) => [place === 0 ? null : (column.categories[place - 1] as string), count]));
}

function spread(counts: ReadonlyMap<string | null, number>, categories: readonly string[]) {
  const listed = categories.map((category) => counts.get(category) ?? 0);
  const missing = counts.get(null) ?? 0;
  const all = [...counts.values()].reduce((a, b) => a + b, 0);
  return { counts: listed, rest: all - missing - listed.reduce((a, b) => a + b, 0), missing };
}
