import type { FlatTrees } from "./flat-trees.ts";
import type { TreeScorer } from "./score-trees.ts";

/**
 * Exact Shapley values of a row's raw score, one a feature, where a feature left out is averaged over the rows that trained each node
 * ("path-dependent" TreeSHAP: Lundberg, Erion and Lee 2018, arXiv 1802.03888, algorithm 2). In time trees x leaves x depth^2.
 * expected + sum of contributions = raw score.
 */
export class TreeExplainer {
  private readonly scorer: TreeScorer;
  private readonly expected: readonly number[];
  private readonly path: UniquePath;

  constructor(scorer: TreeScorer) {
    this.scorer = scorer;
    const { model, flat } = scorer;
    const classes = model.baseScores.length;
    const means = model.trees.map((_, index) => meanBelow(flat, flat.roots[index] as number));
    this.expected = model.baseScores.map((base, klass) =>
      means.reduce((sum, mean, index) => (index % classes === klass ? sum + mean : sum), base),
    );
    this.path = new UniquePath(Math.max(0, ...model.trees.map((_, index) => depthBelow(flat, flat.roots[index] as number))));
  }

  /** Raw score of a row of which nothing is known. */
  expectedRaw(klass = 0): number {
    return this.expected[klass] as number;
  }

  /** Contributions to the raw score (log-odds under logistic) of one encoded row, in the order of the model's features. */
  contributionsOf(row: Float64Array, klass = 0): Float64Array {
    const { model, flat } = this.scorer;
    const walk: Walk = { flat, row, contributions: new Float64Array(model.features.length) };
    const classes = model.baseScores.length;
    for (let index = klass; index < model.trees.length; index += classes) {
      this.path.setStep(0, 1, 1, -1);
      this.descend(walk, flat.roots[index] as number, 0, 0);
    }
    return walk.contributions;
  }

  /** `depth` features are on the path, `level` nodes are above. */
  private descend(walk: Walk, node: number, level: number, depth: number): void {
    const { path } = this;
    const { flat, row, contributions } = walk;
    path.extend(level, depth);
    const feature = flat.featureOf(node);
    if (feature < 0) {
      path.addShares(level, depth, flat.value[node] as number, contributions);
      return;
    }
    const hot = flat.next(node, row, 0);
    const left = flat.children[node] as number;
    const cold = hot === left ? left + 1 : left;
    const before = path.placeOf(level, depth, feature);
    let below = depth + 1;
    let zero = 1 / (flat.cover[node] as number);
    let one = 1;
    if (before > 0) {
      zero *= path.zeroAt(level, before);
      one = path.oneAt(level, before);
      path.unwind(level, depth, before);
      below = depth;
    }
    // Whoever extends this level's path copies it first, so both children start from the same.
    path.setStep(level + 1, zero * (flat.cover[hot] as number), one, feature);
    this.descend(walk, hot, level + 1, below);
    path.setStep(level + 1, zero * (flat.cover[cold] as number), 0, feature);
    this.descend(walk, cold, level + 1, below);
  }
}

interface Walk {
  readonly flat: FlatTrees;
  readonly row: Float64Array;
  readonly contributions: Float64Array;
}

/**
 * The features on the way to a node, each with the share of subsets that flow on without it (zero) and with it (one), and the weights of
 * subsets by size; one copy a level of the tree.
 */
class UniquePath {
  private readonly width: number;
  private readonly feature: Int32Array;
  private readonly zero: Float64Array;
  private readonly one: Float64Array;
  private readonly weight: Float64Array;
  private readonly stepFeature: Int32Array;
  private readonly stepZero: Float64Array;
  private readonly stepOne: Float64Array;
  /** 1 / n: to multiply costs less than to divide. */
  private readonly inverse: Float64Array;

  constructor(depth: number) {
    this.width = depth + 2;
    const size = (depth + 2) * this.width;
    this.feature = new Int32Array(size);
    this.zero = new Float64Array(size);
    this.one = new Float64Array(size);
    this.weight = new Float64Array(size);
    this.stepFeature = new Int32Array(this.width);
    this.stepZero = new Float64Array(this.width);
    this.stepOne = new Float64Array(this.width);
    this.inverse = Float64Array.from({ length: this.width }, (_, n) => 1 / n);
  }

  zeroAt(level: number, place: number): number {
    return this.zero[level * this.width + place] as number;
  }

  oneAt(level: number, place: number): number {
    return this.one[level * this.width + place] as number;
  }

  placeOf(level: number, depth: number, feature: number): number {
    const base = level * this.width;
    for (let place = 1; place <= depth; place += 1) if (this.feature[base + place] === feature) return place;
    return -1;
  }

  /** What the next extension of this level adds. */
  setStep(level: number, zero: number, one: number, feature: number): void {
    this.stepZero[level] = zero;
    this.stepOne[level] = one;
    this.stepFeature[level] = feature;
  }

  extend(level: number, depth: number): void {
    const base = level * this.width;
    const above = base - this.width;
    const { feature, zero, one, weight } = this;
    for (let place = 0; place < depth; place += 1) {
      feature[base + place] = feature[above + place] as number;
      zero[base + place] = zero[above + place] as number;
      one[base + place] = one[above + place] as number;
      weight[base + place] = weight[above + place] as number;
    }
    const without = this.stepZero[level] as number;
    const withIt = this.stepOne[level] as number;
    feature[base + depth] = this.stepFeature[level] as number;
    zero[base + depth] = without;
    one[base + depth] = withIt;
    weight[base + depth] = depth === 0 ? 1 : 0;
    const unit = 1 / (depth + 1);
    for (let place = depth - 1; place >= 0; place -= 1) {
      const at = base + place;
      const own = (weight[at] as number) * unit;
      weight[at + 1] = (weight[at + 1] as number) + withIt * own * (place + 1);
      weight[at] = without * own * (depth - place);
    }
  }

  /** Takes a feature off the path as if it had never been extended by it. */
  unwind(level: number, depth: number, place: number): void {
    const base = level * this.width;
    const { weight } = this;
    const zero = this.zeroAt(level, place);
    const one = this.oneAt(level, place);
    let next = weight[base + depth] as number;
    for (let index = depth - 1; index >= 0; index -= 1) {
      const at = base + index;
      if (one !== 0) {
        const kept = weight[at] as number;
        weight[at] = (next * (depth + 1)) / ((index + 1) * one);
        next = kept - ((weight[at] as number) * zero * (depth - index)) / (depth + 1);
      } else {
        weight[at] = ((weight[at] as number) * (depth + 1)) / (zero * (depth - index));
      }
    }
    for (const list of [this.feature, this.zero, this.one]) list.copyWithin(base + place, base + place + 1, base + depth + 1);
  }

  /** Gives every feature on the path its part of a leaf's value: the weights of the subsets without it, times (one - zero). */
  addShares(level: number, depth: number, value: number, contributions: Float64Array): void {
    const base = level * this.width;
    const { weight, feature } = this;
    const sizes = depth + 1;
    // With the feature unknown to the subset (one = 0) the sum is the same for all but for 1 / zero.
    let cold = 0;
    for (let index = 0; index < depth; index += 1) cold += (weight[base + index] as number) / (depth - index);
    cold *= sizes;
    for (let place = 1; place <= depth; place += 1) {
      const of = feature[base + place] as number;
      const one = this.one[base + place] as number;
      // (cold / zero) x (0 - zero)
      const share = one === 0 ? -cold : this.hotShare(base, depth, place) * (one - (this.zero[base + place] as number));
      contributions[of] = (contributions[of] as number) + share * value;
    }
  }

  private hotShare(base: number, depth: number, place: number): number {
    const { weight } = this;
    const zeroPart = (this.zero[base + place] as number) / (depth + 1);
    const onePart = (depth + 1) / (this.one[base + place] as number);
    let next = weight[base + depth] as number;
    let total = 0;
    for (let index = depth - 1; index >= 0; index -= 1) {
      const part = next * onePart * (this.inverse[index + 1] as number);
      total += part;
      next = (weight[base + index] as number) - part * zeroPart * (depth - index);
    }
    return total;
  }
}

function meanBelow(flat: FlatTrees, node: number): number {
  if (flat.featureOf(node) < 0) return flat.value[node] as number;
  const left = flat.children[node] as number;
  const part = (child: number) => (flat.cover[child] as number) * meanBelow(flat, child);
  return (part(left) + part(left + 1)) / (flat.cover[node] as number);
}

function depthBelow(flat: FlatTrees, node: number): number {
  if (flat.featureOf(node) < 0) return 0;
  const left = flat.children[node] as number;
  return 1 + Math.max(depthBelow(flat, left), depthBelow(flat, left + 1));
}
