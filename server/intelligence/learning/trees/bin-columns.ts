import { sampleAscending, seededRandom } from "../../../platform/random/index.ts";
import type { CategoryColumn, Column, NumberColumn, Table } from "../tables/table.ts";
import type { TreeOptions } from "./tree-options.ts";

// A bin fits a byte. A histogram keeps this many places for every column, so that its address needs no table.
export const BINS_STRIDE = 256;
const CATEGORIES_KEPT_MAX = 253;
const ROWS_LOOKED_AT_MAX = 200_000;
const ROWS_PER_BIN_MIN = 3;

/** How one column is cut. Bin `valueBins` holds what is missing. */
export type ColumnBins =
  /** Value v lies in the first bin whose bound it does not exceed; the last bin has no bound. */
  | { readonly name: string; readonly kind: "number"; readonly valueBins: number; readonly bounds: Float64Array }
  /** The last value bin is "other": rare in training, or never seen. */
  | { readonly name: string; readonly kind: "category"; readonly valueBins: number; readonly categories: readonly string[] };

/** Row after row, one byte a column. */
export interface BinnedTable {
  readonly rows: number;
  readonly columns: readonly ColumnBins[];
  readonly bins: Uint8Array;
}

/**
 * Numbers are cut at midpoints between neighbouring distinct values; where there are more than `binsMax`, at quantiles, a value that
 * fills a bin alone keeps it (Ke et al. 2017, LightGBM, section 2.1 and its greedy bin finder). Categories keep a bin each from
 * `categoryMinRows` / 10 rows on, the 253 most frequent at most.
 */
export function fitBins(table: Table, options: TreeOptions): ColumnBins[] {
  const looked = lookedAt(table.rows, options.seed);
  return table.columns.map((column) => (column.kind === "number" ? numberBins(column, looked, options) : categoryBins(column, options)));
}

function lookedAt(rows: number, seed: number): Int32Array {
  return sampleAscending(rows, ROWS_LOOKED_AT_MAX, seededRandom(seed ^ 0x5eed));
}

function numberBins({ name, values }: NumberColumn, looked: Int32Array, { binsMax }: TreeOptions): ColumnBins {
  const sample = new Float64Array(looked.length);
  let finite = 0;
  for (const row of looked) {
    const value = values[row] as number;
    if (Number.isFinite(value)) {
      sample[finite] = value;
      finite += 1;
    }
  }
  const bounds = boundsOf(sample.subarray(0, finite).sort(), Math.min(binsMax, BINS_STRIDE - 2));
  return { name, kind: "number", valueBins: bounds.length + 1, bounds };
}

function boundsOf(sorted: Float64Array, binsMax: number): Float64Array {
  const distinct: number[] = [];
  const counts: number[] = [];
  for (const value of sorted) {
    if (value === distinct.at(-1)) counts[counts.length - 1] = (counts.at(-1) as number) + 1;
    else {
      distinct.push(value);
      counts.push(1);
    }
  }
  const bounds: number[] = [];
  let rowsLeft = sorted.length;
  let binsLeft = Math.min(binsMax, Math.max(1, Math.floor(sorted.length / ROWS_PER_BIN_MIN)));
  const fewValues = distinct.length <= binsMax;
  let filled = 0;
  for (let place = 0; place + 1 < distinct.length && binsLeft > 1; place += 1) {
    filled += counts[place] as number;
    const mean = rowsLeft / binsLeft;
    const nextFillsItsOwn = (counts[place + 1] as number) >= mean;
    if (fewValues ? filled >= ROWS_PER_BIN_MIN : filled >= mean || (nextFillsItsOwn && filled >= mean / 2)) {
      bounds.push(between(distinct[place] as number, distinct[place + 1] as number));
      rowsLeft -= filled;
      binsLeft -= 1;
      filled = 0;
    }
  }
  return Float64Array.from(bounds);
}

/** A bound the lower value does not exceed and the upper one does, also where no number lies between. */
function between(lower: number, upper: number): number {
  const middle = lower / 2 + upper / 2;
  return middle >= lower && middle < upper ? middle : lower;
}

function categoryBins({ name, codes, categories }: CategoryColumn, { categoryMinRows }: TreeOptions): ColumnBins {
  const counts = new Int32Array(categories.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  const rowsMin = Math.max(2, categoryMinRows / 10);
  const kept = Array.from(counts.keys())
    .filter((code) => (counts[code] as number) >= rowsMin)
    .sort((a, b) => (counts[b] as number) - (counts[a] as number) || ((categories[a] as string) < (categories[b] as string) ? -1 : 1))
    .slice(0, CATEGORIES_KEPT_MAX);
  return { name, kind: "category", valueBins: kept.length + 1, categories: kept.map((code) => categories[code] as string) };
}

/** Puts every cell of the table, whose columns stand in the order of `columns`, into its bin. */
export function applyBins(table: Table, columns: readonly ColumnBins[]): BinnedTable {
  const bins = new Uint8Array(table.rows * columns.length);
  columns.forEach((cut, place) => {
    const column = table.columns[place] as Column;
    if (cut.kind === "number" && column.kind === "number") binNumbers(column.values, cut.bounds, bins, place, columns.length);
    else if (cut.kind === "category" && column.kind === "category") {
      const binOf = placesIn(cut.categories, column.categories);
      for (let row = 0, at = place; row < table.rows; row += 1, at += columns.length) {
        const code = column.codes[row] as number;
        bins[at] = code < 0 ? cut.valueBins : (binOf[code] as number);
      }
    } else throw new TypeError(`column ${cut.name} is not a ${cut.kind}`);
  });
  return { rows: table.rows, columns, bins };
}

function binNumbers(values: Float64Array, bounds: Float64Array, bins: Uint8Array, first: number, step: number): void {
  const missing = bounds.length + 1;
  for (let row = 0, at = first; row < values.length; row += 1, at += step) {
    const value = values[row] as number;
    bins[at] = Number.isNaN(value) ? missing : binOf(value, bounds);
  }
}

function binOf(value: number, bounds: Float64Array): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (bounds[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** For each of a table's categories its place among the model's; `known.length` ("other") for one the model does not know. */
export function placesIn(known: readonly string[], categories: readonly string[]): Int32Array {
  const places = new Map(known.map((category, place) => [category, place]));
  return Int32Array.from(categories, (category) => places.get(category) ?? known.length);
}
