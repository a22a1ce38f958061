import type { TreeOptions } from "./tree-options.ts";

/** A column as the model knows it. A category never seen, or too rare in training, counts as "other", behind the last of the list. */
export type Feature =
  | { readonly name: string; readonly kind: "number" }
  | { readonly name: string; readonly kind: "category"; readonly categories: readonly string[] };

/**
 * One tree in parallel lists, root first. A node with feature -1 is a leaf; any other sends a row to `children[node]` (left) or the node
 * behind it (right). Left goes a number at most `value[node]`; a category whose place is in `sets[value[node]]`; and, where
 * `missingLeft[node]` is 1, a missing value.
 */
export interface Tree {
  readonly feature: readonly number[];
  readonly children: readonly number[];
  /** A leaf's raw score, a number's bound, a category set's place in `sets`. */
  readonly value: readonly number[];
  readonly missingLeft: readonly (0 | 1)[];
  readonly sets: readonly (readonly number[])[];
  /** Rows (sum of weights) that reached the node in training: what TreeSHAP expects over. */
  readonly cover: readonly number[];
  /** Drop of the training loss by the node's split; 0 for a leaf. */
  readonly gain: readonly number[];
}

/** Trees trained by boosting: plain JSON, complete for scoring and explaining. The raw score of class k is baseScores[k] + its trees. */
export interface TreeModel {
  readonly kind: "trees";
  readonly version: 1;
  readonly options: TreeOptions;
  readonly features: readonly Feature[];
  readonly trainedRows: number;
  readonly baseScores: readonly number[];
  /** Tree i belongs to class i % classes. */
  readonly trees: readonly Tree[];
  /** Mean loss on the validation rows after the last kept round; null without validation. */
  readonly validationLoss: number | null;
}
