import { BINS_STRIDE, type ColumnBins } from "./bin-columns.ts";
import { dropOf, type Sums } from "./leaf-value.ts";
import { minus, type OpenLeaf, orderedDrop, type Split } from "./split.ts";
import type { TreeOptions } from "./tree-options.ts";

// So few categories are tried one against the rest, exactly.
const ONE_AGAINST_REST_MAX = 4;

/**
 * Categories in the order of gradient / (curvature + smoothing), then cut like a number from either end: for a convex loss the best cut
 * in two lies in that order (Fisher 1958; Ke et al. 2017 for the smoothing and the limits). A column of many small categories cannot
 * overfit: each side holds `minLeafRows`, each step `categoryMinRows`, the smaller side `categoriesMax` categories, and the gain pays
 * `categoryL2` more than a number's. Missing is a category of its own.
 */
export function findCategorySplit(leaf: OpenLeaf, column: ColumnBins, place: number, options: TreeOptions): Split | null {
  const { histogram, sums } = leaf;
  const first = place * BINS_STRIDE * 2;
  const rowsPerCurvature = sums.rows / sums.curvature;
  const sumsOf = (bin: number): Sums => {
    const curvature = histogram[first + 2 * bin + 1] as number;
    return { gradient: histogram[first + 2 * bin] as number, curvature, rows: curvature * rowsPerCurvature };
  };
  const present: { bin: number; order: number; sums: Sums }[] = [];
  let seen = 0;
  for (let bin = 0; bin <= column.valueBins; bin += 1) {
    const inBin = sumsOf(bin);
    if (inBin.rows < 0.5) continue;
    seen += 1;
    if (inBin.rows < Math.min(options.categorySmoothing, options.minLeafRows)) continue;
    const smoothing = options.categorySmoothing / rowsPerCurvature;
    present.push({ bin, order: inBin.gradient / (inBin.curvature + smoothing), sums: inBin });
  }
  if (seen < 2) return null;
  const exact = seen <= ONE_AGAINST_REST_MAX;
  const l2 = exact ? options.l2 : options.l2 + options.categoryL2;
  const parentDrop = dropOf(sums, options.l2, leaf.value);
  const fits = (side: Sums) => side.rows >= options.minLeafRows && sums.rows - side.rows >= options.minLeafRows;
  let best = { drop: parentDrop + 2 * options.minGain, bins: [] as number[], left: sums };
  const tryOn = (left: Sums, bins: () => number[]) => {
    if (!fits(left)) return;
    const drop = orderedDrop(leaf, left, 0, options, l2);
    if (drop > best.drop) best = { drop, bins: bins(), left };
  };
  if (exact) for (const one of present) tryOn(one.sums, () => [one.bin]);
  else {
    present.sort((a, b) => a.order - b.order || a.bin - b.bin);
    const most = Math.min(options.categoriesMax, (present.length + 1) >> 1);
    for (const order of [present, present.toReversed()]) {
      let left: Sums = { gradient: 0, curvature: 0, rows: 0 };
      let rowsInStep = 0;
      for (let count = 1; count <= Math.min(most, order.length - 1); count += 1) {
        const added = (order[count - 1] as (typeof present)[number]).sums;
        left = { gradient: left.gradient + added.gradient, curvature: left.curvature + added.curvature, rows: left.rows + added.rows };
        rowsInStep += added.rows;
        if (rowsInStep < options.categoryMinRows) continue;
        rowsInStep = 0;
        tryOn(left, () => order.slice(0, count).map(({ bin }) => bin));
      }
    }
  }
  if (best.bins.length === 0) return null;
  const goesLeft = new Uint8Array(BINS_STRIDE);
  for (const bin of best.bins) goesLeft[bin] = 1;
  return {
    column: place,
    gain: (best.drop - parentDrop) / 2,
    l2,
    goesLeft,
    lastLeftBin: -1,
    left: best.left,
    right: minus(sums, best.left),
  };
}
