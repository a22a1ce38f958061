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
