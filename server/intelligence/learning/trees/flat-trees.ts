import type { TreeModel } from "./tree-model.ts";

// 254 categories and "other" fit eight words.
const SET_WORDS = 8;

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

  /** The raw score tree `index` gives the encoded row at `at`. */
  scoreOf(index: number, rows: Float64Array, at: number): number {
    let node = this.roots[index] as number;
    while (this.feature[node] !== -1) node = this.next(node, rows, at);
    return this.value[node] as number;
  }
}
