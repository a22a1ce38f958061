import { BINS_STRIDE, type ColumnBins } from "./bin-columns.ts";
import { findCategorySplit } from "./find-category-split.ts";
import type { Histogram } from "./histogram.ts";
import { dropOf, leafValue, type Sums, type ValueBounds } from "./leaf-value.ts";
import type { TreeOptions } from "./tree-options.ts";

/** A leaf as the search sees it. */
export interface OpenLeaf {
  readonly histogram: Histogram;
  readonly sums: Sums;
  readonly value: number;
  readonly bounds: ValueBounds;
}

/** A leaf cut in two. `goesLeft` has one entry a bin of the column; numbers split at a bin, categories by set. */
export interface Split {
  readonly column: number;
  readonly gain: number;
  readonly l2: number;
  readonly goesLeft: Uint8Array;
  /** Last bin that goes left; -1 for a split between categories. */
  readonly lastLeftBin: number;
  readonly left: Sums;
  readonly right: Sums;
}

/** The split of largest gain among the columns used; null where none gains more than `minGain`. Ties go to the first column. */
export function findSplit(leaf: OpenLeaf, columns: readonly ColumnBins[], used: Int32Array, options: TreeOptions): Split | null {
  let best: Split | null = null;
  for (const place of used) {
    const column = columns[place] as ColumnBins;
    const found =
      column.kind === "number" ? findNumberSplit(leaf, column, place, options) : findCategorySplit(leaf, column, place, options);
    if (found !== null && found.gain > (best?.gain ?? options.minGain)) best = found;
  }
  return best;
}

/**
 * Every bound between bins is tried with the missing rows on the right and, where there are any, on the left (the direction is learned,
 * Chen and Guestrin 2016, algorithm 3). A monotone column keeps only splits whose values stand in order.
 */
function findNumberSplit(leaf: OpenLeaf, column: ColumnBins, place: number, options: TreeOptions): Split | null {
  const { histogram, sums } = leaf;
  const first = place * BINS_STRIDE * 2;
  const missingAt = first + 2 * column.valueBins;
  const missing = { gradient: histogram[missingAt] as number, curvature: histogram[missingAt + 1] as number };
  // What subtraction leaves of an empty bin is rounding.
  const someMissing = missing.curvature > 1e-9 * sums.curvature;
  const rowsPerCurvature = sums.rows / sums.curvature;
  const direction = options.monotone[column.name] ?? 0;
  const simple = direction === 0 && options.parentSmoothing === 0 && leaf.bounds.low === -Infinity && leaf.bounds.high === Infinity;
  const minCurvature = options.minLeafRows / rowsPerCurvature;
  const parentDrop = dropOf(sums, options.l2, leaf.value);
  let best = { drop: parentDrop + 2 * options.minGain, bin: -1, missingLeft: false, gradient: 0, curvature: 0 };
  for (let pass = 0; pass < (someMissing ? 2 : 1); pass += 1) {
    let gradient = pass === 1 ? missing.gradient : 0;
    let curvature = pass === 1 ? missing.curvature : 0;
    // With the missing on the right, a split behind the last bin sets them apart.
    const lastBin = someMissing && pass === 0 ? column.valueBins - 1 : column.valueBins - 2;
    for (let bin = 0; bin <= lastBin; bin += 1) {
      const inBin = histogram[first + 2 * bin + 1] as number;
      gradient += histogram[first + 2 * bin] as number;
      curvature += inBin;
      if (curvature < minCurvature) continue;
      const rightCurvature = sums.curvature - curvature;
      if (rightCurvature < minCurvature) break;
      const rightGradient = sums.gradient - gradient;
      const drop = simple
        ? (gradient * gradient) / (curvature + options.l2) + (rightGradient * rightGradient) / (rightCurvature + options.l2)
        : orderedDrop(leaf, { gradient, curvature, rows: curvature * rowsPerCurvature }, direction, options);
      if (drop > best.drop) best = { drop, bin, missingLeft: pass === 1, gradient, curvature };
    }
  }
  if (best.bin < 0) return null;
  const goesLeft = new Uint8Array(BINS_STRIDE);
  goesLeft.fill(1, 0, best.bin + 1);
  // Where training saw none missing, they will go where most rows go.
  goesLeft[column.valueBins] = Number(someMissing ? best.missingLeft : best.curvature * 2 > sums.curvature);
  const left = { gradient: best.gradient, curvature: best.curvature, rows: best.curvature * rowsPerCurvature };
  return {
    column: place,
    gain: (best.drop - parentDrop) / 2,
    l2: options.l2,
    goesLeft,
    lastLeftBin: best.bin,
    left,
    right: minus(sums, left),
  };
}

export function minus(all: Sums, part: Sums): Sums {
  return {
    gradient: all.gradient - part.gradient,
    curvature: all.curvature - part.curvature,
    rows: all.rows - part.rows,
  };
}

/** The drop of both sides under bounds and smoothing; none at all where the values break the column's order. */
export function orderedDrop(leaf: OpenLeaf, left: Sums, direction: number, options: TreeOptions, l2 = options.l2): number {
  const right = minus(leaf.sums, left);
  const leftValue = leafValue(left, l2, leaf.value, leaf.bounds, options);
  const rightValue = leafValue(right, l2, leaf.value, leaf.bounds, options);
  if (direction * (rightValue - leftValue) < 0) return -Infinity;
  return dropOf(left, l2, leftValue) + dropOf(right, l2, rightValue);
}
