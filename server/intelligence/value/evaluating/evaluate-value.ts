import { Refusal } from "../../../platform/config/index.ts";
import { readDelimited } from "../../../platform/files/index.ts";
import { type BgNbd, bgNbdExpected, type Fitted, fitBgNbd } from "../bg-nbd.ts";
import { expectedValue, fitGammaGamma, type GammaGamma } from "../gamma-gamma.ts";
import { fitParetoNbd, type ParetoNbd, paretoNbdExpected } from "../pareto-nbd.ts";
import { fittingFault, type PurchaseHistory } from "../purchase-history.ts";
import { findPurchaseColumns, findSummaryColumns, type PurchaseColumnNames } from "./columns.ts";
import { type Histories, readPurchases, readSummary, type Unit } from "./read-histories.ts";

export interface ValueEvaluationOrder extends PurchaseColumnNames {
  readonly data: string;
  /** Names of the columns of a summary: frequency,recency,age[,mean]. */
  readonly summary?: string;
  /** The last day to learn from, ISO; the middle of the data when not given. */
  readonly until?: string;
  readonly unit?: Unit;
}

/** Predicted against seen, in the time held out; errors in purchases of one customer. */
export interface HoldoutError {
  readonly predicted: number;
  readonly meanAbsolute: number;
  readonly rootMeanSquare: number;
  readonly correlation: number;
}

export interface ValueEvaluation {
  readonly file: string;
  readonly rows: number;
  readonly rowsLeftOut: Readonly<Record<string, number>>;
  readonly customers: number;
  /** Customers the models learned from: evenly drawn when there are more than 20,000, because a fit costs what they cost. */
  readonly learnedFrom: number;
  readonly repeatCustomers: number;
  /** Of times given and of parameters; null where a summary does not say. */
  readonly unit: Unit | null;
  readonly period: Histories["period"];
  readonly bgNbd: BgNbd & { readonly logLikelihood: number; readonly isReached: boolean; readonly holdout: HoldoutError | null };
  readonly paretoNbd: ParetoNbd & { readonly logLikelihood: number; readonly isReached: boolean; readonly holdout: HoldoutError | null };
  /** Null where the data name no values, or fewer than two customers came back. */
  readonly gammaGamma: (GammaGamma & { readonly logLikelihood: number; readonly isReached: boolean; readonly customers: number }) | null;
  readonly holdout: {
    readonly units: number;
    readonly purchases: number;
    readonly value: number;
    /** By BG/NBD and gamma-gamma. */
    readonly valuePredicted: number | null;
    /** Everybody goes on as before. */
    readonly sameRate: HoldoutError;
  } | null;
  readonly seconds: number;
}

const LEARNERS_MAX = 20_000;

/** Fits the activity models to a file of purchases or a summary of them, its columns and format found. Throws Refusal for a file that cannot be used. */
export function evaluateValue(order: ValueEvaluationOrder): ValueEvaluation {
  const started = performance.now();
  const file = readDelimited(order.data);
  const summary = findSummaryColumns(file, order.summary ?? null);
  const unit = order.unit ?? "week";
  const histories =
    summary === null ? readPurchases(file, findPurchaseColumns(file, order), unit, order.until ?? null) : readSummary(file, summary);
  const { customers, after } = histories;
  const fault = fittingFault(customers);
  if (fault !== null) throw new Refusal(`${order.data}: ${fault}`);
  const every = Math.ceil(customers.length / LEARNERS_MAX);
  const learners = customers.filter((_, at) => at % every === 0);
  const bgNbd = fitBgNbd(learners);
  const paretoNbd = fitParetoNbd(learners);
  const gammaGamma = fitGammaGamma(learners);
  const judge = (expected: (history: PurchaseHistory, units: number) => number) =>
    after === null
      ? null
      : holdoutError(
          customers.map((history) => expected(history, after.units)),
          after.purchases,
        );
  return {
    file: order.data,
    rows: histories.rows,
    rowsLeftOut: histories.rowsLeftOut,
    customers: customers.length,
    learnedFrom: learners.length,
    repeatCustomers: customers.filter(({ repeats }) => repeats > 0).length,
    unit: summary === null ? unit : histories.inWeeks ? "week" : null,
    period: histories.period,
    bgNbd: { ...flat(bgNbd), holdout: judge((history, units) => bgNbdExpected(bgNbd.model, history, units)) },
    paretoNbd: { ...flat(paretoNbd), holdout: judge((history, units) => paretoNbdExpected(paretoNbd.model, history, units)) },
    gammaGamma: gammaGamma === null ? null : { ...flat(gammaGamma), customers: gammaGamma.customers },
    holdout: after === null ? null : seen(customers, after, bgNbd.model, gammaGamma?.model ?? null),
    seconds: (performance.now() - started) / 1000,
  };
}

function flat<Model>({ model, logLikelihood, isReached }: Fitted<Model>) {
  return { ...model, logLikelihood, isReached };
}

type After = NonNullable<Histories["after"]>;

function seen(customers: readonly PurchaseHistory[], after: After, bgNbd: BgNbd, gammaGamma: GammaGamma | null) {
  const sameRate = customers.map(({ repeats, observed }) => (observed > 0 ? (repeats / observed) * after.units : 0));
  const worth = (history: PurchaseHistory) => (gammaGamma === null ? 0 : expectedValue(gammaGamma, history));
  return {
    units: after.units,
    purchases: sum(after.purchases),
    value: sum(after.value),
    valuePredicted:
      gammaGamma === null ? null : sum(customers.map((history) => bgNbdExpected(bgNbd, history, after.units) * worth(history))),
    sameRate: holdoutError(sameRate, after.purchases),
  };
}

function holdoutError(predicted: readonly number[], actual: readonly number[]): HoldoutError {
  const errors = predicted.map((value, at) => value - (actual[at] ?? 0));
  const mean = (values: readonly number[]) => sum(values) / values.length;
  const [middle, middleActual] = [mean(predicted), mean(actual)];
  const covariance = sum(predicted.map((value, at) => (value - middle) * ((actual[at] ?? 0) - middleActual)));
  const spread = (values: readonly number[], around: number) => Math.sqrt(sum(values.map((value) => (value - around) ** 2)));
  return {
    predicted: sum(predicted),
    meanAbsolute: mean(errors.map(Math.abs)),
    rootMeanSquare: Math.sqrt(mean(errors.map((error) => error * error))),
    correlation: covariance / (spread(predicted, middle) * spread(actual, middleActual)),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
