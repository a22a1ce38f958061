export type Objective = "logistic" | "softmax" | "squared" | "poisson" | "tweedie";

/** How trees are grown. Every field has a default that follows from the number of rows: `defaultTreeOptions`. */
export interface TreeOptions {
  /** logistic: target 0 or 1; softmax: 0 to classes-1; squared: any number; poisson, tweedie: 0 or more. */
  readonly objective: Objective;
  /** softmax only; 1 for every other objective. */
  readonly classes: number;
  /** Variance is proportional to mean ** power; above 1, below 2. */
  readonly tweediePower: number;
  /** Rounds of boosting: one tree each, one per class under softmax. Given to trainTrees it is the number; left out it is the most tried. */
  readonly roundsMax: number;
  /** Rounds without a better loss on rows held apart after which training ends; 0 never ends early. */
  readonly patienceRounds: number;
  readonly learningRate: number;
  readonly leavesMax: number;
  readonly depthMax: number;
  readonly minLeafRows: number;
  /** Ridge on a leaf's value: -G / (H + l2). */
  readonly l2: number;
  /** Least drop of the loss for which a leaf is split. */
  readonly minGain: number;
  /** Pulls a leaf's value to its parent's: (n v + s p) / (n + s) for n rows. 0 does not. */
  readonly parentSmoothing: number;
  /** Share of the rows drawn for each round, share of the columns drawn for each tree (3 at least); above 0 to 1. */
  readonly rowShare: number;
  readonly columnShare: number;
  /** Bins of a number, 2 to 254. */
  readonly binsMax: number;
  /** Added to the rows of a category before categories are put in order, so that small ones stay near the middle. */
  readonly categorySmoothing: number;
  /** Ridge of a split between categories, on top of l2. */
  readonly categoryL2: number;
  /** Categories on the smaller side of a split. */
  readonly categoriesMax: number;
  /** Rows each step in the order of categories must hold, and below which a category joins "other". */
  readonly categoryMinRows: number;
  /** Column name -> +1: the score never falls as the value rises; -1: never rises. Numbers only. */
  readonly monotone: Readonly<Record<string, 1 | -1>>;
  /** Two trainings with the same rows, options and seed give the same bytes. */
  readonly seed: number;
}

export const standardTreeOptions: TreeOptions = {
  objective: "logistic",
  classes: 1,
  tweediePower: 1.5,
  roundsMax: 600,
  patienceRounds: 40,
  learningRate: 0.05,
  leavesMax: 15,
  depthMax: 32,
  minLeafRows: 20,
  l2: 1,
  minGain: 0,
  parentSmoothing: 0,
  rowShare: 0.8,
  columnShare: 0.5,
  binsMax: 254,
  categorySmoothing: 10,
  categoryL2: 10,
  categoriesMax: 32,
  categoryMinRows: 50,
  monotone: {},
  seed: 1,
};
