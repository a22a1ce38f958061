import { Refusal } from "../../../platform/config/index.ts";
import { gainImportance, type Importance, rankingOf, type TreeOptions, TreeScorer } from "../../learning/index.ts";
import { FeatureColumns, measureHistory } from "../features/measure-history.ts";
import { scoreOptions, scoreTable, trainScore } from "../model.ts";
import type { Arrival } from "../transaction.ts";
import { cardPrecision } from "./card-precision.ts";
import { readTransactions, type TransactionColumnNames, type TransactionFile } from "./read-transactions.ts";
import { dayOf, lastWeek, type Split, splitByWeek, WEEK_DAYS, type Week } from "./split.ts";

export interface FraudEvaluationOrder extends TransactionColumnNames {
  readonly data: string;
  /** First day of the test week, ISO; when not given, the last seven days are it. */
  readonly testFrom?: string;
}

export interface FraudMeasures {
  readonly auc: number;
  readonly averagePrecision: number;
  readonly cardPrecision100: number;
}

export interface FraudEvaluation extends FraudMeasures {
  readonly file: string;
  readonly transactions: number;
  readonly frauds: number;
  readonly outOfOrder: number;
  readonly rowsLeftOut: Readonly<Record<string, number>>;
  readonly arrivals: Readonly<Record<Arrival, number>>;
  readonly train: { readonly from: string; readonly transactions: number; readonly frauds: number };
  readonly test: { readonly from: string; readonly transactions: number; readonly frauds: number };
  /** By the amount alone: what any model has to beat. */
  readonly byAmount: FraudMeasures;
  readonly options: Partial<TreeOptions>;
  readonly important: readonly Importance[];
  readonly seconds: {
    readonly read: number;
    readonly features: number;
    readonly train: number;
    readonly score: number;
    readonly total: number;
  };
  readonly peakMemoryMiB: number;
}

const CARDS = 100;
const IMPORTANT_SHOWN = 12;

/**
 * Trains the product's own score on a week of transactions and judges it on the week after the delay of labels, features from the past only. The one
 * configuration, whichever the file. Throws Refusal for a file that cannot be used.
 */
export function evaluateFraud(order: FraudEvaluationOrder): FraudEvaluation {
  const watch = new Watch();
  const file = readTransactions(order.data, order);
  const week = weekOf(file, order);
  const split = splitByWeek(file, week);
  refuseUnfit(file, split, order.data);
  const read = watch.lap();
  const { train, target, test, testPlaces, arrivals } = measure(file, split);
  const features = watch.lap();
  const model = trainScore(train, target);
  const trained = watch.lap();
  const scores = new TreeScorer(model).rawOfTable(scoreTable(test));
  const score = watch.lap();
  return {
    file: order.data,
    transactions: file.count,
    frauds: file.frauds,
    outOfOrder: file.outOfOrder,
    rowsLeftOut: file.rowsLeftOut,
    arrivals,
    train: part(file, split.train),
    test: part(file, split.test),
    ...measures(file, testPlaces, scores),
    byAmount: measures(
      file,
      testPlaces,
      Float64Array.from(testPlaces, (place) => file.amounts[place] as number),
    ),
    options: scoreOptions,
    important: gainImportance(model).slice(0, IMPORTANT_SHOWN),
    seconds: { read, features, train: trained, score, total: watch.total() },
    peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

class Watch {
  private readonly started = performance.now();
  private last = this.started;

  lap(): number {
    const now = performance.now();
    const seconds = (now - this.last) / 1000;
    this.last = now;
    return seconds;
  }

  total(): number {
    return (performance.now() - this.started) / 1000;
  }
}

function weekOf(file: TransactionFile, { testFrom, data }: FraudEvaluationOrder): Week {
  const last = lastWeek(file);
  if (last === null)
    throw new Refusal(`${data} reaches over less than three weeks: a week to learn from, one of delay and one to judge on are needed.`);
  if (testFrom === undefined) return last;
  const firstTestDay = Date.parse(testFrom) / 86_400_000;
  if (!(firstTestDay <= last.firstTestDay && firstTestDay - 2 * WEEK_DAYS >= dayOf(file.at[0] as number)))
    throw new Refusal(`The test week from ${testFrom} does not fit: two weeks must lie before it and seven days in it.`);
  return { firstTestDay };
}

function refuseUnfit(file: TransactionFile, { train, test }: Split, path: string): void {
  for (const [name, places] of [["learn from", train] as const, ["judge on", test] as const]) {
    const frauds = countFrauds(file, places);
    if (frauds === 0 || frauds === places.length)
      throw new Refusal(
        `${path}: the week to ${name} holds ${places.length} transactions, ${frauds} of them fraud; both kinds are needed.`,
      );
  }
}

function measure(file: TransactionFile, split: Split) {
  const [isTrain, isTest] = [new Set(split.train), new Set(split.test)];
  const [train, test] = [new FeatureColumns(split.train.length), new FeatureColumns(split.test.length)];
  const target = new Float64Array(split.train.length);
  const testPlaces: number[] = [];
  const arrivals = measureHistory(file, {
    each: (place, features) => {
      if (isTrain.has(place)) {
        target[train.rows] = file.isFraud(place) ? 1 : 0;
        train.add(features);
      } else if (isTest.has(place)) {
        test.add(features);
        testPlaces.push(place);
      }
    },
  });
  return { train, target: target.subarray(0, train.rows), test, testPlaces, arrivals };
}

const countFrauds = (file: TransactionFile, places: readonly number[]) =>
  places.reduce((sum, place) => sum + (file.isFraud(place) ? 1 : 0), 0);

function part(file: TransactionFile, places: readonly number[]) {
  const from = new Date((file.at[places[0] ?? 0] as number) * 1000).toISOString().slice(0, 10);
  return { from, transactions: places.length, frauds: countFrauds(file, places) };
}

function measures(file: TransactionFile, places: readonly number[], scores: Float64Array): FraudMeasures {
  const { auc, averagePrecision } = rankingOf(
    Float64Array.from(places, (place) => (file.isFraud(place) ? 1 : 0)),
    scores,
  );
  const rows = places.map((place, at) => ({
    score: scores[at] as number,
    isFraud: file.isFraud(place),
    account: file.accounts[place] as string,
    day: dayOf(file.at[place] as number),
  }));
  return { auc, averagePrecision, cardPrecision100: cardPrecision(rows, CARDS) };
}
