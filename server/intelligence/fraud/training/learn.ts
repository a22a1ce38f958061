import { rankingOf, type TreeModel, TreeScorer } from "../../learning/index.ts";
import { LABEL_DELAY, requireFeature } from "../features/catalogue.ts";
import { FeatureColumns, type History, measureHistory } from "../features/measure-history.ts";
import { scoreTable, trainScore } from "../model.ts";

const DAY = 86_400;
const WARM_UP = 30 * DAY;
const ROWS_MAX = 200_000;
const FRAUDS_MIN = 20;
const TRAIN_SHARE = 0.7;

export interface Ranked {
  readonly auc: number;
  readonly averagePrecision: number;
}

/** How a model stood up on payments after those it learned from. */
export interface FraudMetrics extends Ranked {
  readonly from: string;
  readonly until: string;
  readonly payments: number;
  readonly frauds: number;
  /** First day of those it was judged on. */
  readonly judgedFrom: string;
  readonly judgedPayments: number;
  readonly judgedFrauds: number;
  /** The better of two simple orders: by amount, and by amount over the account's average. */
  readonly baseline: Ranked;
}

export type Learned =
  | { readonly model: TreeModel; readonly genuineShare: number; readonly metrics: FraudMetrics }
  | { readonly tooFew: number };

/**
 * Learns a score from a history: judged first by time (learned from the payments up to the day by which seven tenths of the frauds had happened, less the
 * delay of labels; judged on all later ones), then learned anew from all. Payments after `until` (wall seconds: the last anybody decided on) and those of the
 * first 30 days teach nothing. Beyond 200,000 rows genuine payments are thinned evenly. With fewer than 20 frauds, or none to judge on, nothing is learned.
 */
export function learnFraud(history: History, until: number): Learned {
  const { rows, target, times, genuineShare } = collect(history, until);
  const frauds = times.filter((_, row) => target[row] === 1);
  if (frauds.length < FRAUDS_MIN) return { tooFew: frauds.length };
  const split = Math.floor((frauds[Math.floor(frauds.length * TRAIN_SHARE)] as number) / DAY) * DAY;
  const trainRows = times.findIndex((at) => at >= split - LABEL_DELAY);
  const testFrom = times.findIndex((at) => at >= split);
  const early = part(rows, 0, trainRows);
  const late = part(rows, testFrom, rows.rows);
  const [earlyTarget, lateTarget] = [target.subarray(0, trainRows), target.subarray(testFrom, rows.rows)];
  if (!earlyTarget.includes(1) || !lateTarget.includes(1)) return { tooFew: frauds.length };
  const judged = new TreeScorer(trainScore(early, earlyTarget)).rawOfTable(scoreTable(late));
  const byFeature = (name: string) => {
    const column = (late.columns[requireFeature(name)] as Float64Array).subarray(0, late.rows);
    return rankingOf(
      lateTarget,
      column.map((value) => (Number.isNaN(value) ? 0 : value)),
    );
  };
  const [byAmount, byRatio] = [byFeature("amount"), byFeature("account.amount_to_mean")];
  const { auc, averagePrecision } = rankingOf(lateTarget, judged);
  const baseline = byAmount.averagePrecision > byRatio.averagePrecision ? byAmount : byRatio;
  return {
    model: trainScore(rows, target.subarray(0, rows.rows)),
    genuineShare,
    metrics: {
      ...{ auc, averagePrecision, baseline: { auc: baseline.auc, averagePrecision: baseline.averagePrecision } },
      ...{ from: day(times[0] ?? 0), until: day(times.at(-1) ?? 0), payments: rows.rows, frauds: frauds.length },
      ...{ judgedFrom: day(split), judgedPayments: late.rows, judgedFrauds: lateTarget.reduce((sum, one) => sum + one, 0) },
    },
  };
}

function collect(history: History, until: number) {
  const warm = (history.count === 0 ? 0 : history.transaction(0).at) + WARM_UP;
  let genuine = 0;
  for (let place = 0; place < history.count; place += 1) {
    const { at } = history.transaction(place);
    if (at >= warm && at <= until && !history.isFraud(place)) genuine += 1;
  }
  const stride = Math.max(1, Math.ceil(genuine / ROWS_MAX));
  const rows = new FeatureColumns(Math.ceil(genuine / stride) + (history.count - genuine));
  const target = new Float64Array(rows.columns[0]?.length ?? 0);
  const times: number[] = [];
  let seen = 0;
  measureHistory(history, {
    each: (place, features) => {
      const { at } = history.transaction(place);
      if (at < warm || at > until) return;
      const isFraud = history.isFraud(place);
      if (!isFraud) {
        seen += 1;
        if (seen % stride !== 0) return;
      }
      target[rows.rows] = isFraud ? 1 : 0;
      times.push(at);
      rows.add(features);
    },
  });
  return { rows, target, times, genuineShare: 1 / stride };
}

function part({ columns }: FeatureColumns, from: number, to: number): FeatureColumns {
  const some = new FeatureColumns(0);
  return Object.assign(some, { columns: columns.map((column) => column.subarray(from, to)), rows: to - from });
}

const day = (at: number) => new Date(at * 1000).toISOString().slice(0, 10);
