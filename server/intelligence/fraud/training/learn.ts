import { rankingOf } from "../../learning/index.ts";
import type { TrainingSet } from "../../scores/index.ts";
import { LABEL_DELAY, requireFeature } from "../features/catalogue.ts";
import { FeatureColumns, type History, measureHistory } from "../features/measure-history.ts";
import { scoreTable } from "../model.ts";

const DAY = 86_400;
const WARM_UP = 30 * DAY;
const ROWS_MAX = 200_000;
const FRAUDS_MIN = 40;
/** Time is cut into so many stretches with as many frauds in each: the latest judge, and what comes to a stretch is lost between them and those before. */
const STRETCHES = 16;

export interface MeasuredPast {
  readonly set: TrainingSet;
  /** Places in the history of the rows, in their order. */
  readonly places: Int32Array;
}

/**
 * What a score learns from: the features of past payments as the live stream would have measured them. Payments after `until` (wall seconds: the last anybody
 * decided on) and those of the first 30 days teach nothing. Beyond 200,000 rows genuine payments are thinned evenly, and chances brought back to all of them.
 * With fewer than 40 frauds there is nothing to learn from.
 */
export function measurePast(history: History, until: number): MeasuredPast | { readonly tooFew: number; readonly payments: number } {
  const { rows, target, places, keptShare } = collect(history, until);
  const frauds = target.reduce((sum, one) => sum + one, 0);
  if (frauds < FRAUDS_MIN) return { tooFew: frauds, payments: rows.rows };
  const days = Int32Array.from(places, (place) => Math.floor(history.transaction(place).at / DAY));
  const begins = beginnings(days, target);
  const subjects = new Map<string, number>();
  const subjectOf = Int32Array.from(places, (place) => {
    const { account } = history.transaction(place);
    if (!subjects.has(account)) subjects.set(account, subjects.size);
    return subjects.get(account) ?? 0;
  });
  const set: TrainingSet = {
    ...{ table: scoreTable(rows), target, subjectOf, groups: {}, keptShare },
    asOfs: begins.map(isoDay),
    asOfOf: days.map((day) => begins.findLastIndex((begin) => begin <= day)),
    horizonMonths: 0,
    // The frauds of a stretch are known when the last of its days is the delay of labels ago.
    knownOn: begins.map((_, stretch) => isoDay((begins[stretch + 1] ?? Number(days.at(-1)) + 1) + LABEL_DELAY / DAY)),
    baseline: baselineOf(rows, target),
  };
  return { set, places };
}

/** First days of the stretches, each later than the one before. */
function beginnings(days: Int32Array, target: Float64Array): number[] {
  const frauds = days.filter((_, row) => target[row] === 1);
  const cuts = Array.from({ length: STRETCHES - 1 }, (_, cut) => frauds[Math.floor(((cut + 1) * frauds.length) / STRETCHES)] as number);
  return [...new Set([days[0] as number, ...cuts])].sort((a, b) => a - b);
}

/** The better of two simple orders: by amount, and by amount over the account's average. */
function baselineOf({ columns, rows }: FeatureColumns, target: Float64Array): Float64Array {
  const orders = ["amount", "account.amount_to_mean"].map((name) =>
    (columns[requireFeature(name)] as Float64Array).slice(0, rows).map((value) => (Number.isNaN(value) ? 0 : value)),
  );
  const precision = (order: Float64Array) => rankingOf(target, order).averagePrecision;
  return orders.reduce((best, one) => (precision(one) > precision(best) ? one : best));
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
  const target: number[] = [];
  const places: number[] = [];
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
      target.push(isFraud ? 1 : 0);
      places.push(place);
      rows.add(features);
    },
  });
  return { rows, target: Float64Array.from(target), places: Int32Array.from(places), keptShare: 1 / stride };
}

const isoDay = (day: number) => new Date(day * DAY * 1000).toISOString().slice(0, 10);
