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
    const contributions = new Float64Array(model.features.length);
    const classes = model.baseScores.length;
    for (let index = klass; index < model.trees.length; index += classes) {
      this.descend({ flat, row, contributions }, flat.roots[index] as number, { depth: 0, level: 0 }, { zero: 1, one: 1, feature: -1 });
    }
    return contributions;
  }

  private descend(walk: Walk, node: number, { depth, level }: Place, step: Step): void {
    const { path } = this;
    const { flat, row, contributions } = walk;
    path.extend(level, depth, step);
    const feature = flat.featureOf(node);
    if (feature < 0) {
      const value = flat.value[node] as number;
      for (let place = 1; place <= depth; place += 1) {
        const of = path.featureAt(level, place);
        contributions[of] = (contributions[of] as number) + path.share(level, depth, place) * value;
      }
      return;
    }
    const hot = flat.next(node, row, 0);
    const left = flat.children[node] as number;
    const cold = hot === left ? left + 1 : left;
    const before = path.placeOf(level, depth, feature);
    let incoming = { zero: 1, one: 1 };
    let below = depth + 1;
    if (before > 0) {
      incoming = path.fractionsAt(level, before);
      path.unwind(level, depth, before);
      below = depth;
    }
    const cover = flat.cover[node] as number;
    const next = { depth: below, level: level + 1 };
    const zeroOf = (child: number) => (incoming.zero * (flat.cover[child] as number)) / cover;
    // The path of this level is copied by whoever extends it, so both children start from the same.
    this.descend(walk, hot, next, { zero: zeroOf(hot), one: incoming.one, feature });
    this.descend(walk, cold, next, { zero: zeroOf(cold), one: 0, feature });
  }
}

interface Walk {
  readonly flat: FlatTrees;
  readonly row: Float64Array;
  readonly contributions: Float64Array;
}

interface Place {
  /** Features on the path. */
  readonly depth: number;
  /** Nodes above. */
  readonly level: number;
}

/** Shares of the subsets that flow down a branch without (`zero`) and with (`one`) the feature known. */
interface Step {
  readonly zero: number;
  readonly one: number;
  readonly feature: number;
}

/** The path's features, their shares and the weights of subsets by size, one copy a level of the tree. */
class UniquePath {
  private readonly width: number;
  private readonly feature: Int32Array;
  private readonly zero: Float64Array;
  private readonly one: Float64Array;
  private readonly weight: Float64Array;

  constructor(depth: number) {
    this.width = depth + 2;
    const size = (depth + 2) * this.width;
    this.feature = new Int32Array(size);
    this.zero = new Float64Array(size);
    this.one = new Float64Array(size);
    this.weight = new Float64Array(size);
  }

  featureAt(level: number, place: number): number {
    return this.feature[level * this.width + place] as number;
  }

  fractionsAt(level: number, place: number): { zero: number; one: number } {
    const at = level * this.width + place;
    return { zero: this.zero[at] as number, one: this.one[at] as number };
  }

  placeOf(level: number, depth: number, feature: number): number {
    for (let place = 1; place <= depth; place += 1) if (this.featureAt(level, place) === feature) return place;
    return -1;
  }

  extend(level: number, depth: number, step: Step): void {
    const base = level * this.width;
    if (level > 0) {
      for (const list of [this.feature, this.zero, this.one, this.weight])
        list.copyWithin(base, base - this.width, base - this.width + depth);
    }
    const { weight } = this;
    this.feature[base + depth] = step.feature;
    this.zero[base + depth] = step.zero;
    this.one[base + depth] = step.one;
    weight[base + depth] = depth === 0 ? 1 : 0;
    for (let place = depth - 1; place >= 0; place -= 1) {
      const at = base + place;
      weight[at + 1] = (weight[at + 1] as number) + (step.one * (weight[at] as number) * (place + 1)) / (depth + 1);
      weight[at] = (step.zero * (weight[at] as number) * (depth - place)) / (depth + 1);
    }
  }

  /** Takes a feature off the path as if it had never been extended by it. */
  unwind(level: number, depth: number, place: number): void {
    const base = level * this.width;
    const { weight } = this;
    const { zero, one } = this.fractionsAt(level, place);
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

  /** What the leaf's value counts for the feature at `place`: sum of the weights without it, times (one - zero). */
  share(level: number, depth: number, place: number): number {
    const base = level * this.width;
    const { weight } = this;
    const { zero, one } = this.fractionsAt(level, place);
    let next = weight[base + depth] as number;
    let total = 0;
    for (let index = depth - 1; index >= 0; index -= 1) {
      const own = weight[base + index] as number;
      if (one !== 0) {
        const part = (next * (depth + 1)) / ((index + 1) * one);
        total += part;
        next = own - (part * zero * (depth - index)) / (depth + 1);
      } else {
        total += (own * (depth + 1)) / (zero * (depth - index));
      }
    }
    return total * (one - zero);
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
