import {
  type Calibration,
  calibrated,
  numberColumn,
  type Table,
  TreeExplainer,
  type TreeModel,
  type TreeOptions,
  TreeScorer,
  trainTrees,
} from "../learning/index.ts";
import { featureCatalogue, requireFeature } from "./features/catalogue.ts";
import type { FeatureColumns } from "./features/measure-history.ts";

/** In the register of models (`scores`). */
export const FRAUD_MODEL = "fraud";

/**
 * What the score looks at. Sums say what counts and means say already. Frauds known on the account itself are left out: such a card is blocked, and a model
 * that has seen the next days of blocked cards would wait for a sign that never comes.
 */
export const scoreFeatures: readonly string[] = featureCatalogue
  .map(({ name }) => name)
  .filter((name) => !name.includes(".sum_") && name !== "account.known_frauds_30d");

/**
 * Chosen on the Handbook's weeks before those it is judged on (test weeks from 18 and from 25 July; docs/operations/fraud.md): small trees, each on
 * half of the features. No resampling and no weights: both lower average precision.
 */
export const scoreOptions: Partial<TreeOptions> = {
  leavesMax: 16,
  learningRate: 0.05,
  roundsMax: 200,
  rowShare: 0.8,
  columnShare: 0.5,
  minLeafRows: 20,
  l2: 1,
  seed: 1,
};

const scorePlaces = scoreFeatures.map(requireFeature);

export function scoreTable({ columns, rows }: FeatureColumns): Table {
  return {
    rows,
    columns: scorePlaces.map((place, at) => numberColumn(scoreFeatures[at] as string, (columns[place] as Float64Array).subarray(0, rows))),
  };
}

/** Learns fraud scores: target 1 for fraud. The rows are measured by `measureHistory`, so nothing in them comes from after the payment. */
export function trainScore(rows: FeatureColumns, target: Float64Array): TreeModel {
  return trainTrees({ table: scoreTable(rows), target }, scoreOptions);
}

/** What a feature did to a score: log-odds, above 0 towards fraud. */
export interface ScoreReason {
  readonly feature: string;
  readonly value: number;
  readonly contribution: number;
}

/** Scores transactions one by one as they are measured. Build it once per model. */
export class FraudScorer {
  private readonly scorer: TreeScorer;
  private readonly explainer: TreeExplainer;
  private readonly row: Float64Array;
  private readonly places: readonly number[];
  private readonly calibration: Calibration | null;

  /** Fails when the model wants a feature the catalogue has not. */
  constructor(model: TreeModel, calibration: Calibration | null = null) {
    this.calibration = calibration;
    this.scorer = new TreeScorer(model);
    this.explainer = new TreeExplainer(this.scorer);
    this.places = model.features.map(({ name }) => requireFeature(name));
    this.row = new Float64Array(this.places.length);
  }

  /** Probability of fraud, 0 to 1, from a vector in the order of the catalogue. */
  score(features: Float64Array): number {
    const row = this.rowOf(features);
    return this.calibration === null ? (this.scorer.meansOfRow(row)[0] as number) : calibrated(this.calibration, this.scorer.rawOfRow(row));
  }

  /** The features that spoke most for fraud, strongest first, with exact Shapley values; fewer when fewer did. Some milliseconds: for alerts, not for every payment. */
  reasons(features: Float64Array, reasonsMax: number): ScoreReason[] {
    const row = this.rowOf(features);
    return Array.from(this.explainer.contributionsOf(row), (contribution, at) => ({
      feature: this.scorer.model.features[at]?.name ?? "",
      value: row[at] as number,
      contribution,
    }))
      .filter(({ contribution }) => contribution > 0)
      .sort((a, b) => b.contribution - a.contribution)
      .slice(0, reasonsMax);
  }

  private rowOf(features: Float64Array): Float64Array {
    for (let at = 0; at < this.places.length; at += 1) this.row[at] = features[this.places[at] as number] as number;
    return this.row;
  }
}
