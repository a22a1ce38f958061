import type { TreeModel } from "./tree-model.ts";

// 254 categories and "other" fit eight words.
const SET_WORDS = 8;

/** Encoded rows, one behind the other. */
export interface RowBlock {
  readonly values: Float64Array;
  readonly rows: number;
  readonly width: number;
}

/**
 * A model's trees in flat arrays, for walking. An encoded row has one number a feature, in the model's order: the number itself, the
 * place of a category among the feature's categories, or NaN where missing.
 */
export class FlatTrees {
  readonly roots: Int32Array;
  /** -1 for a leaf; -2 - c for a category feature c. */
  private readonly feature: Int32Array;
  readonly children: Int32Array;
  /** A leaf's raw score, a number's bound, the place of a set of categories. */
  readonly value: Float64Array;
  readonly cover: Float64Array;
  private readonly missingLeft: Uint8Array;
  private readonly setBits: Uint32Array;

  constructor({ trees, features }: TreeModel) {
    const nodes = trees.reduce((sum, tree) => sum + tree.feature.length, 0);
    const sets = trees.reduce((sum, tree) => sum + tree.sets.length, 0);
    this.roots = new Int32Array(trees.length);
    this.feature = new Int32Array(nodes);
    this.children = new Int32Array(nodes);
    this.value = new Float64Array(nodes);
    this.cover = new Float64Array(nodes);
    this.missingLeft = new Uint8Array(nodes);
    this.setBits = new Uint32Array(sets * SET_WORDS);
    let base = 0;
    let firstSet = 0;
    trees.forEach((tree, index) => {
      this.roots[index] = base;
      tree.sets.forEach((set, place) => {
        this.setOf(firstSet + place, set);
      });
      tree.feature.forEach((feature, node) => {
        const isCategory = features[feature]?.kind === "category";
        this.feature[base + node] = isCategory ? -2 - feature : feature;
        this.children[base + node] = base + (tree.children[node] as number);
        this.value[base + node] = (isCategory ? firstSet : 0) + (tree.value[node] as number);
      });
      this.cover.set(tree.cover, base);
      this.missingLeft.set(tree.missingLeft, base);
      base += tree.feature.length;
      firstSet += tree.sets.length;
    });
  }

  private setOf(place: number, categories: readonly number[]): void {
    for (const category of categories) {
      const word = place * SET_WORDS + (category >> 5);
      this.setBits[word] = (this.setBits[word] as number) | (1 << (category & 31));
    }
  }

  /** The feature a node asks for; -1 for a leaf. */
  featureOf(node: number): number {
    const feature = this.feature[node] as number;
    return feature < -1 ? -2 - feature : feature;
  }

  /** The child of an inner node to which the encoded row at `at` goes. */
  next(node: number, rows: Float64Array, at: number): number {
    const feature = this.feature[node] as number;
    const left = this.children[node] as number;
    if (feature >= 0) {
      const value = rows[at + feature] as number;
      return value <= (this.value[node] as number) || (Number.isNaN(value) && this.missingLeft[node] === 1) ? left : left + 1;
    }
    const value = rows[at - 2 - feature] as number;
    if (Number.isNaN(value)) return this.missingLeft[node] === 1 ? left : left + 1;
    const word = this.setBits[(this.value[node] as number) * SET_WORDS + (value >> 5)] as number;
    return left + 1 - ((word >>> (value & 31)) & 1);
  }

  /** Adds what tree `index` says of each row of a block to the row's raw score, at `first` and every `step` from there on. */
  addScores(index: number, { values, rows, width }: RowBlock, raw: Float64Array, first: number, step: number): void {
    const { feature, children, value, missingLeft, setBits } = this;
    const root = this.roots[index] as number;
    for (let row = 0, at = 0, to = first; row < rows; row += 1, at += width, to += step) {
      let node = root;
      for (let asked = feature[node] as number; asked !== -1; asked = feature[node] as number) {
        // As `next` says, written out: a call a node would cost a third of the speed.
        const left = children[node] as number;
        if (asked >= 0) {
          const found = values[at + asked] as number;
          if (found <= (value[node] as number)) node = left;
          else if (!Number.isNaN(found)) node = left + 1;
          else node = left + 1 - (missingLeft[node] as number);
        } else {
          const found = values[at - 2 - asked] as number;
          if (!Number.isNaN(found))
            node = left + 1 - (((setBits[(value[node] as number) * SET_WORDS + (found >> 5)] as number) >>> (found & 31)) & 1);
          else node = left + 1 - (missingLeft[node] as number);
        }
      }
      raw[to] = (raw[to] as number) + (value[node] as number);
    }
  }

  /** The raw score tree `index` gives the encoded row at `at`. */
  scoreOf(index: number, rows: Float64Array, at: number): number {
    let node = this.roots[index] as number;
    while (this.feature[node] !== -1) node = this.next(node, rows, at);
    return this.value[node] as number;
  }
}
