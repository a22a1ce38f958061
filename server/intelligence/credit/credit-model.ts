import {
  areaUnderCurve,
  type Calibration,
  calibrated,
  fitPlatt,
  numberColumn,
  PointsScorer,
  type ScorecardModel,
  type ScorecardOptions,
  type Table,
  type TreeModel,
  TreeScorer,
  takeRows,
  trainScorecard,
  trainTrees,
} from "../learning/index.ts";
import { type Characteristic, characteristicNames, characteristics } from "./behaviour.ts";
import { withinAYear } from "./rules.ts";

/** A customer as of a month's end, and whether trouble came within the horizon. */
export interface Snapshot {
  readonly customerId: string;
  readonly month: number;
  readonly values: Record<Characteristic, number>;
  readonly event: boolean;
  /** By what the rules say from days past due alone: what a model has to beat. */
  readonly baseline: number;
}

export interface Measured {
  readonly auc: number;
  readonly rows: number;
  readonly events: number;
}

export interface CreditMeasures {
  readonly rows: number;
  readonly events: number;
  readonly horizonMonths: number;
  /** Learned from months whose outcome was known before the months judged; null: too few months or events for that. */
  readonly byTime: { readonly champion: Measured; readonly challenger: Measured; readonly baseline: Measured } | null;
}

export interface CreditModel {
  readonly champion: ScorecardModel;
  readonly challenger: TreeModel;
  /** Of ln-odds to the chance within the horizon. */
  readonly calibration: { readonly horizonMonths: number; readonly champion: Calibration; readonly challenger: Calibration };
  readonly measures: CreditMeasures;
}

const FOLDS = 3;
const TREE_ROUNDS = 120;

/**
 * Scorecard (champion) and boosted trees held to the same directions (challenger), calibrated on customers each was not trained on, and
 * judged by time. Fails with invalid_input when all rows have one outcome. The same bytes for the same snapshots.
 */
export function trainCreditModel(snapshots: readonly Snapshot[], horizonMonths: number): CreditModel {
  const table = tableOf(snapshots.map(({ values }) => values));
  const target = Float64Array.from(snapshots, ({ event }) => (event ? 1 : 0));
  const champion = trainChampion(table, target);
  const challenger = trainChallenger(table, target);
  const held = { champion: new Float64Array(table.rows), challenger: new Float64Array(table.rows) };
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const [own, rest] = partition(snapshots, ({ customerId }) => foldOf(customerId) === fold);
    if (own.length === 0 || !hasBoth(target, rest)) continue;
    const raw = rawOf(table, target, rest, own);
    own.forEach((row, place) => {
      held.champion[row] = raw.champion[place] as number;
      held.challenger[row] = raw.challenger[place] as number;
    });
  }
  return {
    champion,
    challenger,
    calibration: { horizonMonths, champion: fitPlatt(held.champion, target), challenger: fitPlatt(held.challenger, target) },
    measures: {
      rows: table.rows,
      events: target.reduce((a, b) => a + b, 0),
      horizonMonths,
      byTime: judgeByTime(snapshots, table, target, horizonMonths),
    },
  };
}

/** Learns from the early months, judges on late ones that begin when the last outcome learned from was known. */
function judgeByTime(snapshots: readonly Snapshot[], table: Table, target: Float64Array, horizonMonths: number): CreditMeasures["byTime"] {
  const months = snapshots.map(({ month }) => month);
  const [first, last] = [Math.min(...months), Math.max(...months)];
  if (last - first < horizonMonths) return null;
  const begin = first + horizonMonths + Math.floor((last - first - horizonMonths) / 2);
  const [early] = partition(snapshots, ({ month }) => month <= begin - horizonMonths);
  const [late] = partition(snapshots, ({ month }) => month >= begin);
  if (!hasBoth(target, early) || !hasBoth(target, late)) return null;
  const raw = rawOf(table, target, early, late);
  const outcome = Float64Array.from(late, (row) => target[row] as number);
  const measured = (scores: Float64Array): Measured => ({
    auc: areaUnderCurve(outcome, scores),
    rows: late.length,
    events: outcome.reduce((a, b) => a + b, 0),
  });
  return {
    champion: measured(raw.champion),
    challenger: measured(raw.challenger),
    baseline: measured(Float64Array.from(late, (row) => snapshots[row]?.baseline ?? 0)),
  };
}

/** ln-odds of the event for `of`, from models that saw only `from`. */
function rawOf(table: Table, target: Float64Array, from: Int32Array, of: Int32Array) {
  const [seen, unseen] = [takeRows(table, from), takeRows(table, of)];
  const known = Float64Array.from(from, (row) => target[row] as number);
  const scorer = new PointsScorer(trainChampion(seen, known));
  return {
    champion: scorer.pointsOfTable(unseen).map((points) => scorer.rawOf(points)),
    challenger: new TreeScorer(trainChallenger(seen, known)).rawOfTable(unseen),
  };
}

/** A characteristic whose points run against what everybody knows of it is left out: nobody could explain it to a customer. */
export function trainChampion(table: Table, target: Float64Array): ScorecardModel {
  let columns = table.columns;
  for (;;) {
    const model = trainScorecard({ rows: table.rows, columns }, target, optionsFor(target));
    const wrong = model.characteristics.filter(({ name, bins }) => {
      const numbers = bins.filter(({ upTo }) => upTo !== undefined);
      const rise = (numbers.at(-1)?.points ?? 0) - (numbers[0]?.points ?? 0);
      return rise * characteristics[name as Characteristic] > 0;
    });
    if (wrong.length === 0 || wrong.length === columns.length) return model;
    columns = columns.filter(({ name }) => !wrong.some((one) => one.name === name));
  }
}

/** Defaults are rare: bins are wide enough, and characteristics few enough, for the events there are (some ten a characteristic; Peduzzi et al. 1996). */
function optionsFor(target: Float64Array): Partial<ScorecardOptions> {
  const events = target.reduce((a, b) => a + b, 0);
  return {
    monotone: true,
    binShareMin: Math.min(0.2, Math.max(0.01, 15 / target.length)),
    chiSquareMin: 3.84,
    binsMax: Math.max(3, Math.min(8, Math.round(events / 8))),
    characteristicsMax: Math.max(3, Math.round(events / 8)),
    informationValueMin: 0.1,
  };
}

export function trainChallenger(table: Table, target: Float64Array): TreeModel {
  const informative = new Set(
    table.columns.flatMap((column) =>
      column.kind === "number" && column.values.some((value) => !Number.isNaN(value)) ? [column.name] : [],
    ),
  );
  const columns = table.columns.filter(({ name }) => informative.has(name));
  const monotone = Object.fromEntries(columns.map(({ name }) => [name, characteristics[name as Characteristic]]));
  return trainTrees({ table: { rows: table.rows, columns }, target }, { roundsMax: TREE_ROUNDS, monotone, seed: 1 });
}

export function tableOf(rows: readonly Record<Characteristic, number>[]): Table {
  return {
    rows: rows.length,
    columns: characteristicNames.map((name) =>
      numberColumn(
        name,
        rows.map((row) => row[name]),
      ),
    ),
  };
}

function partition(snapshots: readonly Snapshot[], isIn: (snapshot: Snapshot) => boolean): [Int32Array, Int32Array] {
  const [own, rest]: [number[], number[]] = [[], []];
  snapshots.forEach((snapshot, row) => {
    (isIn(snapshot) ? own : rest).push(row);
  });
  return [Int32Array.from(own), Int32Array.from(rest)];
}

const hasBoth = (target: Float64Array, rows: Int32Array): boolean =>
  rows.some((row) => target[row] === 1) && rows.some((row) => target[row] === 0);

/** All snapshots of a customer lie in one fold. */
function foldOf(customerId: string): number {
  let hash = 0;
  for (const letter of customerId) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return (hash >>> 0) % FOLDS;
}

export interface PointsPart {
  readonly characteristic: Characteristic;
  readonly value: number | null;
  readonly points: number;
  /** Points short of the best bin. */
  readonly lost: number;
}

export interface Scored {
  readonly points: number;
  /** Within twelve months. */
  readonly probability: number;
  readonly challengerProbability: number;
  readonly parts: readonly PointsPart[];
}

/** A model laid out for scoring. */
export class CreditScorer {
  private readonly points: PointsScorer;
  private readonly trees: TreeScorer;
  private readonly calibration: CreditModel["calibration"];

  constructor({ champion, challenger, calibration }: Omit<CreditModel, "measures">) {
    this.points = new PointsScorer(champion);
    this.trees = new TreeScorer(challenger);
    this.calibration = calibration;
  }

  score(values: Record<Characteristic, number>): Scored {
    const parts = this.points.partsOf(values).map(({ characteristic, points, lost }) => {
      const value = values[characteristic as Characteristic];
      return { characteristic: characteristic as Characteristic, value: Number.isNaN(value) ? null : value, points, lost };
    });
    const points = parts.reduce((sum, part) => sum + part.points, 0);
    const { horizonMonths, champion, challenger } = this.calibration;
    const chance = (raw: number, by: Calibration) => withinAYear(calibrated(by, raw), horizonMonths);
    return {
      points,
      probability: chance(this.points.rawOf(points), champion),
      challengerProbability: chance(this.trees.rawOfTable(tableOf([values]))[0] ?? 0, challenger),
      parts,
    };
  }
}
