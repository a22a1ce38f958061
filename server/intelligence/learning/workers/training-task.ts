import { assertNever } from "../../../platform/errors/index.ts";
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
    | { readonly kind: "scorecard"; readonly options?: Partial<ScorecardOptions> };
  readonly target: Float64Array;
  readonly trainOn: Int32Array;
  readonly score: Int32Array;
}

export interface TrainedTask {
  readonly model: TreeModel | ScorecardModel;
  /** Of the rows to score, in their order. */
  readonly chances: Float64Array;
  /** Time of the thread on its processor. */
  readonly trainSeconds: number;
  readonly scoreSeconds: number;
}

/** Does one task on this thread. Fails as trainTrees and trainScorecard do. */
export function runTask(table: Table, { learner, target, trainOn, score }: TrainingTask): TrainedTask {
  const started = cpuSeconds();
  const rows = { table: takeRows(table, trainOn), target: takeValues(target, trainOn) };
  const model = train(rows, learner);
  const trained = cpuSeconds();
  const scored = takeRows(table, score);
  const chances = model.kind === "trees" ? new TreeScorer(model).meansOfTable(scored) : new PointsScorer(model).chancesOfTable(scored);
  return { model, chances, trainSeconds: trained - started, scoreSeconds: cpuSeconds() - trained };
}

function train(rows: { table: Table; target: Float64Array }, learner: TrainingTask["learner"]): TreeModel | ScorecardModel {
  switch (learner.kind) {
    case "trees":
      return trainTrees(rows, learner.options);
    case "scorecard":
      return trainScorecard(rows.table, rows.target, learner.options);
    default:
      return assertNever(learner);
  }
}

function cpuSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}
