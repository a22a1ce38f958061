export { seededRandom } from "../../platform/random/index.ts";
export { type Calibration, calibrated, fitIsotonic, fitPlatt } from "./calibration/calibrate.ts";
export { type Histogram, histogramOf, histogramStability } from "./drift/histogram.ts";
export { type DriftLevel, type DriftReport, driftLevel, watchDrift } from "./drift/watch-drift.ts";
export { findLeaks } from "./evaluating/find-leaks.ts";
export { adverseImpact, type GroupImpact } from "./measures/fairness.ts";
export { brierScore, type CalibrationReport, calibrationOf, logLoss } from "./measures/probability.ts";
export { areaUnderCurve, type Ranking, rankingOf } from "./measures/ranking.ts";
export { characteristicStability, columnStability, numberStability, stabilityIndex } from "./measures/stability.ts";
export { readModel, writeModel } from "./models/model-file.ts";
export { type LogisticModel, scoreLogistic, trainLogistic } from "./regression/logistic-model.ts";
export { type PointsReason, PointsScorer } from "./scorecard/score-points.ts";
export type { ScorecardModel, ScorecardOptions } from "./scorecard/scorecard-model.ts";
export { trainScorecard } from "./scorecard/train-scorecard.ts";
export type { Foretell, UnsteadyColumn } from "./selection/steady-columns.ts";
export {
  type CategoryColumn,
  type Column,
  categoryColumn,
  type NumberColumn,
  numberColumn,
  type Table,
  takeRows,
  takeValues,
} from "./tables/table.ts";
export type { LabelledRows } from "./trees/booster.ts";
export { TreeExplainer } from "./trees/explain-trees.ts";
export { gainImportance, type Importance, permutationImportance } from "./trees/importance.ts";
export { type NamedRow, TreeScorer } from "./trees/score-trees.ts";
export { type TrainingRows, trainTrees } from "./trees/train-trees.ts";
export type { Feature, TreeModel } from "./trees/tree-model.ts";
export type { TreeOptions } from "./trees/tree-options.ts";
export { trainInWorkers } from "./workers/train-in-workers.ts";
export type { TrainedTask, TrainingTask } from "./workers/training-task.ts";
