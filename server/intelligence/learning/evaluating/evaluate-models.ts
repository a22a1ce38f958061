import { Refusal } from "../../../platform/config/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { type DriftReport, watchDrift } from "../drift/watch-drift.ts";
import { brierScore, type CalibrationReport, calibrationOf, logLoss } from "../measures/probability.ts";
import { areaUnderCurve, rankingOf } from "../measures/ranking.ts";
import { unsteadyColumns } from "../selection/steady-columns.ts";
import { type Table, takeRows, takeValues } from "../tables/table.ts";
import { trainInWorkers } from "../workers/train-in-workers.ts";
import { chancesBy, learn, type TrainedTask, type TrainingTask } from "../workers/training-task.ts";
import { cutByOrder, dealFolds, type Fold } from "./deal-folds.ts";
import { type DataOrder, type PreparedData, prepareData } from "./prepare-data.ts";
import { watchMemory } from "./watch-memory.ts";

export type EvaluationOrder = DataOrder & ({ readonly folds: number } | { readonly byOrder: number });

/** Mean over the folds, and with an Sd behind its name the standard deviation between them (null for a single test). */
export interface ModelFigures {
  readonly auc: number;
  readonly aucSd: number | null;
  readonly ap: number;
  readonly apSd: number | null;
  readonly ks: number;
  readonly ksSd: number | null;
  readonly logLoss: number;
  readonly logLossSd: number | null;
  readonly brier: number;
  readonly brierSd: number | null;
  readonly liftAt10: number;
  readonly liftAt10Sd: number | null;
  /** Of all judged rows together. */
  readonly calibration: CalibrationReport;
  /** Processor time of training one model, and wall time of all of them with scoring. */
  readonly trainSeconds: number;
  readonly seconds: number;
  /** By order only: columns left out because their say does not last (unsteadyColumns, among the earlier rows). */
  readonly leftOut: readonly string[];
  /** Most memory the process held meanwhile, with the data. */
  readonly memoryMiB: number;
}

export interface Evaluation {
  readonly rows: number;
  readonly columns: number;
  readonly events: number;
  readonly eventRate: number;
  readonly protocol: string;
  readonly boostedTrees: ModelFigures;
  readonly scorecard: ModelFigures;
  readonly logistic: ModelFigures;
  /** By order only: the later rows against the earlier ones. */
  readonly drift?: DriftReport & {
    readonly eventRateBefore: number;
    readonly eventRateAfter: number;
    /** What shuffled folds of the earlier rows promise for the trees: the by-order figure is the honest one. */
    readonly shuffledAuc: number;
  };
  readonly warnings: readonly string[];
}

const SHUFFLED_FOLDS = 5;

/** Trains and judges the product's own models, under their defaults, on a file. Throws Refusal with the way out. */
export async function evaluateModels(order: EvaluationOrder): Promise<Evaluation> {
  const data = await prepareData(order);
  const { table, target, warnings } = data;
  const folds = foldsOf(order, target);
  try {
    const inTime = "byOrder" in order;
    const scorecard = await judge("scorecard", data, folds, inTime);
    const trees = await judge("trees", data, folds, inTime);
    const logistic = await judge("logistic", data, folds, inTime);
    const drift =
      "byOrder" in order
        ? { drift: await driftOf(data, folds[0] as Fold, { ...(trees.trained[0] as TrainedTask), without: trees.without }) }
        : {};
    const events = target.reduce((a, b) => a + b, 0);
    return {
      rows: table.rows,
      columns: table.columns.length,
      events,
      eventRate: events / table.rows,
      protocol:
        "folds" in order
          ? `${order.folds} stratified folds`
          : `trained on the first ${order.byOrder * 100} % of the rows, judged by the rest`,
      boostedTrees: trees.figures,
      scorecard: scorecard.figures,
      logistic: logistic.figures,
      ...drift,
      warnings,
    };
  } catch (error) {
    throw error instanceof DomainError && error.code === "invalid_input"
      ? new Refusal(`Nothing can be learned: ${error.message}.`, error)
      : error;
  }
}

function foldsOf(order: EvaluationOrder, target: Float64Array): Fold[] {
  const events = target.reduce((a, b) => a + b, 0);
  const rarer = Math.min(events, target.length - events);
  if ("folds" in order) {
    if (rarer < order.folds)
      throw new Refusal(
        `${order.folds} folds need as many rows of either class, and there are ${rarer}: give --folds ${Math.max(2, rarer)} or more rows.`,
      );
    return dealFolds(target, order.folds);
  }
  const fold = cutByOrder(target.length, order.byOrder);
  for (const [rows, name] of [
    [fold.trainOn, "first"],
    [fold.judgeBy, "last"],
  ] as const) {
    const found = takeValues(target, rows);
    if (!(found.includes(0) && found.includes(1)))
      throw new Refusal(
        `The ${name} rows of the file, as --by-order cuts it, have one class only: nothing can be learned or judged there.`,
      );
  }
  return [fold];
}

type Kind = TrainingTask["learner"]["kind"];

async function judge(kind: Kind, { table, target }: PreparedData, folds: readonly Fold[], inTime: boolean) {
  const memory = watchMemory();
  const startedMs = performance.now();
  const tasks = folds.map(({ trainOn, judgeBy }) => ({
    ...{ learner: { kind }, target, trainOn, score: judgeBy, inTime },
    without: inTime ? notLasting(kind, table, target, trainOn) : [],
  }));
  const trained = await trainInWorkers(table, tasks);
  const seconds = (performance.now() - startedMs) / 1000;
  const memoryMiB = memory.stop();
  const judged = folds.map(({ judgeBy }, fold) => {
    const truth = takeValues(target, judgeBy);
    const { chances } = trained[fold] as TrainedTask;
    return { ...rankingOf(truth, chances), logLoss: logLoss(truth, chances), brier: brierScore(truth, chances) };
  });
  const over = (pick: (figures: (typeof judged)[number]) => number) => meanAndSd(judged.map(pick));
  const [auc, ap, ks, loss] = [over((f) => f.auc), over((f) => f.averagePrecision), over((f) => f.ks), over((f) => f.logLoss)];
  const [brier, lift] = [over((f) => f.brier), over((f) => f.liftAt10)];
  const figures: ModelFigures = {
    ...{ auc: auc.mean, aucSd: auc.sd, ap: ap.mean, apSd: ap.sd, ks: ks.mean, ksSd: ks.sd, logLoss: loss.mean, logLossSd: loss.sd },
    ...{ brier: brier.mean, brierSd: brier.sd, liftAt10: lift.mean, liftAt10Sd: lift.sd },
    calibration: calibrationOf(
      joined(folds.map(({ judgeBy }) => takeValues(target, judgeBy))),
      joined(trained.map(({ chances }) => chances)),
    ),
    trainSeconds: meanAndSd(trained.map(({ trainSeconds }) => trainSeconds)).mean,
    leftOut: tasks[0]?.without ?? [],
    seconds,
    memoryMiB,
  };
  return { figures, trained, without: tasks[0]?.without ?? [] };
}

const QUICK_ROUNDS = 50;

/** Each kind of model is asked itself which columns mislead it; the judged rows have no say. */
function notLasting(kind: Kind, table: Table, target: Float64Array, trainOn: Int32Array): string[] {
  const learner = kind === "trees" ? { kind, options: { roundsMax: QUICK_ROUNDS } } : { kind };
  return unsteadyColumns(takeRows(table, trainOn), takeValues(target, trainOn), (learned, outcomes, later) =>
    chancesBy(learn({ table: learned, target: outcomes }, learner), later),
  ).map(({ column }) => column);
}

/** Scores of the earlier rows come from models that did not see them, fold by fold: a model's own training rows are no fair base. */
async function driftOf(
  { table, target }: PreparedData,
  { trainOn, judgeBy }: Fold,
  { chances, model, without }: TrainedTask & { readonly without: readonly string[] },
) {
  const earlier = takeValues(target, trainOn);
  const rarer = Math.min(
    earlier.reduce((a, b) => a + b, 0),
    earlier.reduce((a, b) => a + 1 - b, 0),
  );
  const folds = dealFolds(earlier, Math.max(2, Math.min(SHUFFLED_FOLDS, rarer)));
  const placesOf = (rows: Int32Array) => rows.map((row) => trainOn[row] as number);
  // As many trees as the judged model has: a model that says more or less for its number of trees alone would look like another population.
  const options = model.kind === "trees" ? { roundsMax: Math.max(1, model.trees.length) } : {};
  const tasks = folds.map((fold) => ({
    learner: { kind: "trees" as const, options },
    ...{ target, without },
    trainOn: placesOf(fold.trainOn),
    score: placesOf(fold.judgeBy),
  }));
  const trained = rarer < 2 ? [] : await trainInWorkers(table, tasks);
  const scores = new Float64Array(earlier.length);
  folds.forEach((fold, place) => {
    fold.judgeBy.forEach((row, index) => {
      scores[row] = trained[place]?.chances[index] as number;
    });
  });
  const before = { table: takeRows(table, trainOn), scores };
  const rate = (rows: Int32Array) => takeValues(target, rows).reduce((a, b) => a + b, 0) / rows.length;
  return {
    ...watchDrift(before, { table: takeRows(table, judgeBy), scores: chances }),
    eventRateBefore: rate(trainOn),
    eventRateAfter: rate(judgeBy),
    shuffledAuc: areaUnderCurve(earlier, scores),
  };
}

function meanAndSd(values: readonly number[]): { mean: number; sd: number | null } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: values.length < 2 ? null : Math.sqrt(squares / (values.length - 1)) };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
