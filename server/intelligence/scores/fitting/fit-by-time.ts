import { createHash } from "node:crypto";
import { DomainError } from "../../../platform/errors/index.ts";
import {
  type Calibration,
  type CalibrationReport,
  calibrationOf,
  fitPlatt,
  type Histogram,
  histogramOf,
  numberColumn,
  rankingOf,
  type ScorecardOptions,
  type Table,
  type TreeOptions,
  takeRows,
  takeValues,
  trainScorecard,
  trainTrees,
} from "../../learning/index.ts";
import type { ExtraMeasures, TrainingSet } from "../training-set.ts";
import { type Directions, directedScorecard } from "./directed-scorecard.ts";
import type { Bands, FitReport } from "./fit-report.ts";
import { bandsOf, byTime, groupFigures, measuresOf, permuted } from "./measure.ts";
import { ReadyModel, type TrainedModel } from "./ready-model.ts";
import { splitByTime } from "./split-by-time.ts";
import { usableColumns } from "./usable-columns.ts";

export type Learner =
  | { readonly kind: "trees"; readonly options?: Partial<TreeOptions> }
  | {
      readonly kind: "scorecard";
      readonly options?: Partial<ScorecardOptions>;
      /** Given: points must not run against them (directedScorecard). */
      readonly directions?: Directions;
    };

export interface Fitted {
  readonly model: TrainedModel;
  readonly calibration: Calibration;
  /** Of every column over all rows, and of the chances it gives the latest, judged rows under the name `chance`. */
  readonly histograms: readonly Histogram[];
  readonly report: Omit<FitReport, "extra">;
  /** The judged rows and their chances, for measures only the purpose knows. */
  readonly judged: { readonly rows: Int32Array; readonly chances: Float64Array; readonly bands: Bands };
}

export type FitStep = "looking" | "learning" | "judging" | "finishing";

/**
 * Learns from the earlier days, is judged by the later ones, and then learns once more from all days for use: what is told of it is what it did
 * on days it had not seen. Chances are calibrated on rows the model had not seen either. Deterministic. Fails with invalid_input: too few days or
 * events, one class only, no column that tells anything.
 */
export function fitByTime(set: TrainingSet, learner: Learner, onStep: (step: FitStep) => void = () => undefined): Fitted {
  const started = performance.now();
  onStep("looking");
  const split = splitByTime(set);
  const usable = usableColumns(set.table, set.target, split);
  const table = usable.kept;
  if (table.columns.length === 0)
    throw new DomainError("invalid_input", "no column tells rows apart: there is nothing to learn from", {
      detail: { reason: "no_columns" },
    });
  onStep("learning");
  const first = learn(learner, part(table, set, split.learn), part(table, set, split.tune));
  const tuned = new ReadyModel(first.model, null).rawOf(takeRows(table, split.tune));
  const calibration = fitPlatt(tuned, takeValues(set.target, split.tune));
  onStep("judging");
  // The days that tuned are as well known as those before them when judging begins: the model that is judged has learned from both.
  const known = Int32Array.from([...split.learn, ...split.tune]);
  const judged = learnAll(learner, part(table, set, known), { rounds: first.rounds, learned: split.learn.length });
  const judging = new ReadyModel(judged, calibration);
  const judgedTable = takeRows(table, split.judge);
  const chances = judging.chancesOf(judgedTable);
  const target = takeValues(set.target, split.judge);
  const judgedBands = bandsOf(chances);
  const falls = new Map(permuted(judging, set, table, split.judge).map(({ feature, importance }) => [feature, importance]));
  onStep("finishing");
  const model = learnAll(learner, { table, target: set.target }, { rounds: first.rounds, learned: split.learn.length });
  // Of models that had not seen the rows; both classes are there, as they are in each part.
  const finalCalibration = withAllRows(
    fitPlatt(
      Float64Array.from([...tuned, ...judging.rawOf(judgedTable)]),
      Float64Array.from([...takeValues(set.target, split.tune), ...target]),
    ),
    set.keptShare ?? 1,
  );
  const ready = new ReadyModel(model, finalCalibration);
  const usual = ready.chancesOf(judgedTable);
  const baseline = rankingOf(target, takeValues(set.baseline, split.judge));
  const report: Fitted["report"] = {
    learner: learner.kind,
    options: { ...model.options },
    data: dataOf(set),
    features: featuresOf(table, ready),
    warnings: usable.warnings,
    split: { learn: spanOf(set, split.learn), tune: spanOf(set, split.tune), judge: spanOf(set, split.judge) },
    measures: measuresOf(target, chances),
    baseline: { auc: baseline.auc, averagePrecision: baseline.averagePrecision, liftAt10: baseline.liftAt10 },
    byTime: byTime(set, split.judge, chances),
    calibration: plain(calibrationOf(target, chances)),
    groups: groupFigures(set, split.judge, chances, judgedBands),
    importance: ready
      .importance()
      .map(({ feature, importance }) => ({ feature, gain: importance, permutation: falls.get(feature) ?? null })),
    bands: bandsOf(usual),
    seconds: (performance.now() - started) / 1000,
  };
  return {
    model,
    calibration: finalCalibration,
    histograms: [...table.columns.map(histogramOf), histogramOf(numberColumn("chance", usual))],
    report,
    judged: { rows: split.judge, chances, bands: judgedBands },
  };
}

/**
 * Learned from all events and a share of the other rows, chances are too high by exactly that share: the odds are multiplied by it. What is told of the
 * judged rows is of the rows kept. Source: King and Zeng, "Logistic regression in rare events data" (2001), prior correction.
 */
function withAllRows(calibration: Calibration, keptShare: number): Calibration {
  return calibration.kind === "platt" ? { ...calibration, intercept: calibration.intercept + Math.log(keptShare) } : calibration;
}

/** Adds what only the purpose knows how to measure. */
export function withExtra({ report, ...fitted }: Fitted, extra: ExtraMeasures): Omit<Fitted, "report"> & { report: FitReport } {
  return { ...fitted, report: { ...report, extra } };
}

function plain({ bins, ...report }: CalibrationReport): FitReport["calibration"] {
  return { ...report, bins: [...bins] };
}

interface Rows {
  readonly table: Table;
  readonly target: Float64Array;
}

function part(table: Table, { target }: TrainingSet, rows: Int32Array): Rows {
  return { table: takeRows(table, rows), target: takeValues(target, rows) };
}

function learn(learner: Learner, rows: Rows, tune: Rows): { model: TrainedModel; rounds: number } {
  if (learner.kind === "scorecard") return { model: scorecardOf(learner, rows), rounds: 0 };
  const model = trainTrees({ ...rows, validation: tune }, treeOptionsOf(learner, rows));
  return { model, rounds: model.trees.length };
}

// More rows bear more rounds, but not in proportion without end.
const ROUNDS_GROWTH_MAX = 1.25;
const ROUNDS_MIN = 5;

function learnAll(learner: Learner, rows: Rows, { rounds, learned }: { rounds: number; learned: number }): TrainedModel {
  if (learner.kind === "scorecard") return scorecardOf(learner, rows);
  const growth = Math.min(ROUNDS_GROWTH_MAX, rows.table.rows / learned);
  return trainTrees(rows, { ...treeOptionsOf(learner, rows), roundsMax: Math.max(ROUNDS_MIN, Math.round(rounds * growth)) });
}

function scorecardOf({ options, directions }: Learner & { kind: "scorecard" }, { table, target }: Rows): TrainedModel {
  return directions === undefined ? trainScorecard(table, target, options) : directedScorecard(table, target, directions, options);
}

/** Columns that tell nothing were left out, and with them what was asked of them. */
function treeOptionsOf({ options = {} }: Learner & { kind: "trees" }, { table }: Rows): Partial<TreeOptions> {
  const kept = Object.entries(options.monotone ?? {}).filter(([name]) => table.columns.some((column) => column.name === name));
  return { ...options, monotone: Object.fromEntries(kept) };
}

function spanOf({ asOfs, asOfOf, target }: TrainingSet, rows: Int32Array) {
  const places = Array.from(rows, (row) => asOfOf[row] as number);
  const [from, to] = [places.reduce((a, b) => Math.min(a, b)), places.reduce((a, b) => Math.max(a, b))];
  return {
    from: asOfs[from] as string,
    to: asOfs[to] as string,
    rows: rows.length,
    events: rows.reduce((sum, row) => sum + (target[row] as number), 0),
  };
}

function dataOf({ asOfs, horizonMonths, table, target, subjectOf, asOfOf }: TrainingSet): FitReport["data"] {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([asOfs, horizonMonths]));
  for (const list of [target, asOfOf]) hash.update(new Uint8Array(list.buffer, list.byteOffset, list.byteLength));
  for (const column of table.columns) {
    hash.update(column.name);
    if (column.kind === "category") hash.update(JSON.stringify(column.categories));
    const list = column.kind === "number" ? column.values : column.codes;
    hash.update(new Uint8Array(list.buffer, list.byteOffset, list.byteLength));
  }
  return {
    ...{ asOfs, horizonMonths, rows: table.rows, events: target.reduce((a, b) => a + b, 0) },
    ...{ customers: new Set(subjectOf).size, hash: hash.digest("hex") },
  };
}

function featuresOf(table: Table, ready: ReadyModel): FitReport["features"] {
  const used = new Set(ready.features.map(({ name }) => name));
  return table.columns
    .filter(({ name }) => used.has(name))
    .map((column) => {
      const missing =
        column.kind === "number"
          ? column.values.reduce((sum, value) => sum + Number(Number.isNaN(value)), 0)
          : column.codes.reduce((sum, code) => sum + Number(code < 0), 0);
      return { name: column.name, kind: column.kind, missingShare: missing / Math.max(1, table.rows) };
    });
}
