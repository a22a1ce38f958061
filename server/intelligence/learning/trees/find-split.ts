import type { ColumnBins } from "./bin-columns.ts";
import { findCategorySplit } from "./find-category-split.ts";
import { findNumberSplit } from "./find-number-split.ts";
import type { OpenLeaf, Split } from "./split.ts";
import type { TreeOptions } from "./tree-options.ts";

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
