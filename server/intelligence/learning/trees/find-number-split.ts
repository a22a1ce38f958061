import { BINS_STRIDE, type ColumnBins } from "./bin-columns.ts";
import { dropOf } from "./leaf-value.ts";
import { minus, type OpenLeaf, orderedDrop, type Split } from "./split.ts";
import type { TreeOptions } from "./tree-options.ts";

/**
 * Every bound between bins is tried with the missing rows on the right and, where there are any, on the left (the direction is learned,
 * Chen and Guestrin 2016, algorithm 3). A monotone column keeps only splits whose values stand in order.
 */
export function findNumberSplit(leaf: OpenLeaf, column: ColumnBins, place: number, options: TreeOptions): Split | null {
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
