import { assertNever } from "../../../platform/errors/index.ts";
import { type LogisticModel, scoreLogistic, trainLogistic } from "../regression/logistic-model.ts";
import { PointsScorer } from "../scorecard/score-points.ts";
import type { ScorecardModel, ScorecardOptions } from "../scorecard/scorecard-model.ts";
import { trainScorecard } from "../scorecard/train-scorecard.ts";
import { type Table, takeRows, takeValues } from "../tables/table.ts";
import { TreeScorer } from "../trees/score-trees.ts";
import { trainTrees } from "../trees/train-trees.ts";
import type { TreeModel } from "../trees/tree-model.ts";
import type { TreeOptions } from "../trees/tree-options.ts";

/** One model to train on some rows of a table, and rows to score with it afterwards. */
export interface TrainingTask {
  readonly learner:
    | { readonly kind: "trees"; readonly options?: Partial<TreeOptions> }
    | { readonly kind: "scorecard"; readonly options?: Partial<ScorecardOptions> }
    | { readonly kind: "logistic" };
  /** The rows stand in the order of time. */
  readonly inTime?: boolean;
  /** Columns that are not looked at. */
  readonly without?: readonly string[];
  readonly target: Float64Array;
  readonly trainOn: Int32Array;
  readonly score: Int32Array;
}

export interface TrainedTask {
  readonly model: TreeModel | ScorecardModel | LogisticModel;
  /** Of the rows to score, in their order. */
  readonly chances: Float64Array;
  /** Time of the thread on its processor. */
  readonly trainSeconds: number;
  readonly scoreSeconds: number;
}

/** Does one task on this thread. Fails as trainTrees and trainScorecard do. */
export function runTask(all: Table, { learner, inTime = false, without = [], target, trainOn, score }: TrainingTask): TrainedTask {
  const started = cpuSeconds();
  const table = without.length === 0 ? all : { ...all, columns: all.columns.filter(({ name }) => !without.includes(name)) };
  const rows = { table: takeRows(table, trainOn), target: takeValues(target, trainOn), inTime };
  const model = learn(rows, learner);
  const trained = cpuSeconds();
  const chances = chancesBy(model, takeRows(table, score));
  return { model, chances, trainSeconds: trained - started, scoreSeconds: cpuSeconds() - trained };
}

/** Chances of the event, row after row. */
export function chancesBy(model: TrainedTask["model"], table: Table): Float64Array {
  switch (model.kind) {
    case "trees":
      return new TreeScorer(model).meansOfTable(table);
    case "scorecard":
      return new PointsScorer(model).chancesOfTable(table);
    case "logistic":
      return scoreLogistic(model, table).map((raw) => 1 / (1 + Math.exp(-raw)));
    default:
      return assertNever(model);
  }
}

/** Trains one model under its defaults where no options are given. Fails as its learner does. */
export function learn(
  rows: { table: Table; target: Float64Array; inTime?: boolean },
  learner: TrainingTask["learner"],
): TrainedTask["model"] {
  switch (learner.kind) {
    case "trees":
      return trainTrees(rows, learner.options);
    case "scorecard":
      return trainScorecard(rows.table, rows.target, learner.options);
    case "logistic":
      return trainLogistic(rows.table, rows.target);
    default:
      return assertNever(learner);
  }
}

function cpuSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}
