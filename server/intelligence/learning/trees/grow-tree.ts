import { BINS_STRIDE, type BinnedTable, type ColumnBins } from "./bin-columns.ts";
import { findSplit } from "./find-split.ts";
import { emptyHistogram, fillHistogram, type Histogram, type Rows, subtractHistogram } from "./histogram.ts";
import { leafValue, type Sums, unbounded, type ValueBounds } from "./leaf-value.ts";
import type { OpenLeaf, Split } from "./split.ts";
import type { Tree } from "./tree-model.ts";
import type { TreeOptions } from "./tree-options.ts";

interface GrowingLeaf extends OpenLeaf {
  readonly node: number;
  readonly depth: number;
  readonly from: number;
  readonly to: number;
  split: Split | null;
}

/** A finished tree, and for every row of the sample (in `places` from `from` to `to`) the leaf it fell in. */
export interface GrownTree {
  readonly tree: Tree;
  /** Which bins go left, node by node; empty for a leaf. */
  readonly goesLeft: readonly Uint8Array[];
  readonly leaves: readonly { readonly node: number; readonly from: number; readonly to: number }[];
  readonly places: Int32Array;
}

interface Drawing {
  feature: number[];
  children: number[];
  value: number[];
  missingLeft: (0 | 1)[];
  sets: number[][];
  cover: number[];
  gain: number[];
  goesLeft: Uint8Array[];
}

const noBins = new Uint8Array(0);

/** Grows trees over one binned table; keeps its working memory from tree to tree. */
export class TreeGrower {
  private readonly table: BinnedTable;
  private readonly options: TreeOptions;
  private readonly weights: Float64Array | null;
  private readonly places: Int32Array;
  private readonly aside: Int32Array;
  private readonly spare: Histogram[] = [];

  constructor(table: BinnedTable, weights: Float64Array | null, options: TreeOptions) {
    this.table = table;
    this.weights = weights;
    this.options = options;
    this.places = new Int32Array(table.rows);
    this.aside = new Int32Array(table.rows);
  }

  /** Leaf-wise: the leaf whose best split gains most is split next, until `leavesMax` (Shi 2007; Ke et al. 2017). */
  grow(pairs: Float64Array, sample: Int32Array, used: Int32Array): GrownTree {
    this.places.set(sample);
    const drawing: Drawing = { feature: [], children: [], value: [], missingLeft: [], sets: [], cover: [], gain: [], goesLeft: [] };
    const leaves = [this.rootOf(pairs, sample.length, used, drawing)];
    while (leaves.length < this.options.leavesMax) {
      const next = bestOf(leaves);
      if (next === null) break;
      const middle = this.partition(next, next.split as Split);
      // Rows were estimated from curvature while the split was sought; now that they are counted, a side may be too small after all.
      if (Math.min(middle - next.from, next.to - middle) < this.options.minLeafRows) next.split = null;
      else leaves.splice(leaves.indexOf(next), 1, ...this.splitLeaf(next, middle, { pairs, used, drawing }));
    }
    for (const leaf of leaves) {
      this.spare.push(leaf.histogram);
      drawing.value[leaf.node] = leaf.value * this.options.learningRate;
    }
    const { goesLeft, ...tree } = drawing;
    return { tree, goesLeft, leaves, places: this.places };
  }

  private rootOf(pairs: Float64Array, count: number, used: Int32Array, drawing: Drawing): GrowingLeaf {
    const rows = { places: this.places, from: 0, to: count };
    const sums = sumsOf(pairs, rows);
    const histogram = this.spare.pop() ?? emptyHistogram(this.table.columns.length);
    fillHistogram(histogram, this.table, pairs, rows, used);
    const value = leafValue(sums, this.options.l2, 0, unbounded, { ...this.options, parentSmoothing: 0 });
    const open = { histogram, sums, value, bounds: unbounded, node: this.addNode(drawing, rows), depth: 0, from: 0, to: count };
    return { ...open, split: findSplit(open, this.table.columns, used, this.options) };
  }

  private splitLeaf(
    leaf: GrowingLeaf,
    middle: number,
    { pairs, used, drawing }: { pairs: Float64Array; used: Int32Array; drawing: Drawing },
  ): [GrowingLeaf, GrowingLeaf] {
    const split = leaf.split as Split;
    const [leftSums, rightSums] = [
      { ...split.left, rows: middle - leaf.from },
      { ...split.right, rows: leaf.to - middle },
    ];
    const [leftValue, rightValue] = [leftSums, rightSums].map((sums) =>
      leafValue(sums, split.l2, leaf.value, leaf.bounds, this.options),
    ) as [number, number];
    const [leftBounds, rightBounds] = this.boundsBelow(leaf, split, (leftValue + rightValue) / 2);
    const leftRows = { places: this.places, from: leaf.from, to: middle };
    const rightRows = { places: this.places, from: middle, to: leaf.to };
    this.drawSplit(drawing, leaf.node, split);
    const left = { sums: leftSums, value: leftValue, bounds: leftBounds, node: this.addNode(drawing, leftRows), ...leftRows };
    const right = { sums: rightSums, value: rightValue, bounds: rightBounds, node: this.addNode(drawing, rightRows), ...rightRows };
    const [smaller, larger] = left.to - left.from <= right.to - right.from ? [left, right] : [right, left];
    const histogram = this.spare.pop() ?? emptyHistogram(this.table.columns.length);
    fillHistogram(histogram, this.table, pairs, smaller, used);
    subtractHistogram(leaf.histogram, histogram, this.table.columns, used);
    const depth = leaf.depth + 1;
    const open = (side: typeof left): GrowingLeaf => {
      const found = { ...side, depth, histogram: side === smaller ? histogram : leaf.histogram };
      const mayGrow = depth < this.options.depthMax && side.to - side.from >= 2 * this.options.minLeafRows;
      return { ...found, split: mayGrow ? findSplit(found, this.table.columns, used, this.options) : null };
    };
    const opened = [open(smaller), open(larger)];
    return (smaller === left ? opened : opened.toReversed()) as [GrowingLeaf, GrowingLeaf];
  }

  /** Rows that go left first, each side in its old order; where the right side begins. */
  private partition({ from, to }: GrowingLeaf, { column, goesLeft }: Split): number {
    const { places, aside } = this;
    const { bins, columns } = this.table;
    let left = from;
    let right = 0;
    for (let index = from; index < to; index += 1) {
      const row = places[index] as number;
      if (goesLeft[bins[row * columns.length + column] as number] === 1) {
        places[left] = row;
        left += 1;
      } else {
        aside[right] = row;
        right += 1;
      }
    }
    places.set(aside.subarray(0, right), left);
    return left;
  }

  /** Below a monotone split one side stays under, the other above the middle of both values, so that no deeper split can cross. */
  private boundsBelow(leaf: GrowingLeaf, split: Split, middle: number): [ValueBounds, ValueBounds] {
    const direction = this.options.monotone[(this.table.columns[split.column] as ColumnBins).name] ?? 0;
    if (direction === 0) return [leaf.bounds, leaf.bounds];
    const below = { low: leaf.bounds.low, high: middle };
    const above = { low: middle, high: leaf.bounds.high };
    return direction > 0 ? [below, above] : [above, below];
  }

  private addNode(drawing: Drawing, rows: Rows): number {
    const node = drawing.feature.length;
    drawing.feature.push(-1);
    drawing.children.push(-1);
    drawing.value.push(0);
    drawing.missingLeft.push(0);
    drawing.cover.push(this.weightOf(rows));
    drawing.gain.push(0);
    drawing.goesLeft.push(noBins);
    return node;
  }

  private drawSplit(drawing: Drawing, node: number, split: Split): void {
    const column = this.table.columns[split.column] as ColumnBins;
    drawing.feature[node] = split.column;
    drawing.children[node] = drawing.feature.length;
    drawing.missingLeft[node] = split.goesLeft[column.valueBins] === 1 ? 1 : 0;
    drawing.gain[node] = split.gain;
    drawing.goesLeft[node] = split.goesLeft;
    if (column.kind === "number") drawing.value[node] = column.bounds[split.lastLeftBin] ?? Number.MAX_VALUE;
    else {
      drawing.value[node] = drawing.sets.length;
      drawing.sets.push(Array.from({ length: column.valueBins }, (_, bin) => bin).filter((bin) => split.goesLeft[bin] === 1));
    }
  }

  private weightOf({ places, from, to }: Rows): number {
    if (this.weights === null) return to - from;
    let sum = 0;
    for (let index = from; index < to; index += 1) sum += this.weights[places[index] as number] as number;
    return sum;
  }
}

function bestOf(leaves: readonly GrowingLeaf[]): GrowingLeaf | null {
  let best: GrowingLeaf | null = null;
  for (const leaf of leaves) if (leaf.split !== null && leaf.split.gain > (best?.split?.gain ?? 0)) best = leaf;
  return best;
}

function sumsOf(pairs: Float64Array, { places, from, to }: Rows): Sums {
  let gradient = 0;
  let curvature = 0;
  for (let index = from; index < to; index += 1) {
    const row = places[index] as number;
    gradient += pairs[2 * row] as number;
    curvature += pairs[2 * row + 1] as number;
  }
  return { gradient, curvature, rows: to - from };
}

/** Adds the tree's value to the raw score of each of these rows, by their bins. */
export function addTree({ tree, goesLeft }: GrownTree, table: BinnedTable, raw: Float64Array, rows: Int32Array | null): void {
  const { bins, columns } = table;
  const feature = Int32Array.from(tree.feature);
  const children = Int32Array.from(tree.children);
  const left = new Uint8Array(feature.length * BINS_STRIDE);
  goesLeft.forEach((side, node) => {
    left.set(side, node * BINS_STRIDE);
  });
  const count = rows === null ? table.rows : rows.length;
  for (let index = 0; index < count; index += 1) {
    const row = rows === null ? index : (rows[index] as number);
    let node = 0;
    while ((feature[node] as number) >= 0) {
      const bin = bins[row * columns.length + (feature[node] as number)] as number;
      node = (children[node] as number) + 1 - (left[node * BINS_STRIDE + bin] as number);
    }
    raw[row] = (raw[row] as number) + (tree.value[node] as number);
  }
}
