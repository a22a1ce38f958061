import { BINS_STRIDE, type BinnedTable, type ColumnBins } from "./bin-columns.ts";

/** Sums of gradient and curvature by column and bin: bin b of column c stands at 2 * (c * BINS_STRIDE + b). */
export type Histogram = Float64Array;

export interface Rows {
  readonly places: Int32Array;
  readonly from: number;
  readonly to: number;
}

export function emptyHistogram(columns: number): Histogram {
  return new Float64Array(columns * BINS_STRIDE * 2);
}

/** Sums the rows' (g, h) pairs into the histogram of each column used. */
export function fillHistogram(histogram: Histogram, table: BinnedTable, pairs: Float64Array, rows: Rows, used: Int32Array): void {
  const { bins } = table;
  const width = table.columns.length;
  clearHistogram(histogram, table.columns, used);
  const usesAll = used.length === width;
  for (let index = rows.from; index < rows.to; index += 1) {
    const row = rows.places[index] as number;
    const gradient = pairs[2 * row] as number;
    const curvature = pairs[2 * row + 1] as number;
    const first = row * width;
    if (usesAll) {
      for (let column = 0; column < width; column += 1) {
        const at = ((column << 8) | (bins[first + column] as number)) << 1;
        histogram[at] = (histogram[at] as number) + gradient;
        histogram[at + 1] = (histogram[at + 1] as number) + curvature;
      }
    } else {
      for (let index = 0; index < used.length; index += 1) {
        const column = used[index] as number;
        const at = ((column << 8) | (bins[first + column] as number)) << 1;
        histogram[at] = (histogram[at] as number) + gradient;
        histogram[at + 1] = (histogram[at + 1] as number) + curvature;
      }
    }
  }
}

function clearHistogram(histogram: Histogram, columns: readonly ColumnBins[], used: Int32Array): void {
  for (const column of used) {
    const from = column * BINS_STRIDE * 2;
    histogram.fill(0, from, from + 2 * ((columns[column] as ColumnBins).valueBins + 1));
  }
}

/** parent -= child: what is left is the other child's (Ke et al. 2017, histogram subtraction). */
export function subtractHistogram(parent: Histogram, child: Histogram, columns: readonly ColumnBins[], used: Int32Array): void {
  for (const column of used) {
    const from = column * BINS_STRIDE * 2;
    const to = from + 2 * ((columns[column] as ColumnBins).valueBins + 1);
    for (let at = from; at < to; at += 1) parent[at] = (parent[at] as number) - (child[at] as number);
  }
}
