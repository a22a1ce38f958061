import type { Arrival, Transaction } from "../transaction.ts";
import { featureCatalogue, LABEL_DELAY } from "./catalogue.ts";
import { emptyFeatures, FeatureStream, type StreamLimits } from "./feature-stream.ts";

/** Past transactions in the order of time, and which of them were fraud. */
export interface History {
  readonly count: number;
  transaction(place: number): Transaction;
  isFraud(place: number): boolean;
}

export interface Replay {
  /** Called for each transaction measured, in order; `features` is written anew for the next one. */
  readonly each: (place: number, features: Float64Array) => void;
  readonly limits?: Partial<StreamLimits>;
}

/**
 * Replays a history through a stream, as if it were arriving now: each fraud becomes known LABEL_DELAY after it happened. Answers how many transactions
 * arrived in which way. Memory is that of the stream.
 */
export function measureHistory(history: History, { each, limits }: Replay): Record<Arrival, number> {
  const stream = new FeatureStream(limits);
  const features = emptyFeatures();
  const arrivals: Record<Arrival, number> = { measured: 0, duplicate: 0, too_late: 0, ahead_of_clock: 0, refund: 0, invalid: 0 };
  const waiting: Transaction[] = [];
  let known = 0;
  for (let place = 0; place < history.count; place += 1) {
    const transaction = history.transaction(place);
    for (let next = waiting[known]; next !== undefined && next.at + LABEL_DELAY <= transaction.at; next = waiting[known]) {
      stream.confirmFraud(next);
      known += 1;
    }
    const arrival = stream.measure(transaction, features);
    arrivals[arrival] += 1;
    if (arrival !== "measured") continue;
    if (history.isFraud(place)) waiting.push(transaction);
    each(place, features);
  }
  return arrivals;
}

/** Collects the features of some rows into columns, one array a feature. */
export class FeatureColumns {
  readonly columns: readonly Float64Array[];
  rows = 0;

  constructor(rowsMax: number) {
    this.columns = featureCatalogue.map(() => new Float64Array(rowsMax));
  }

  add(features: Float64Array): void {
    for (let feature = 0; feature < this.columns.length; feature += 1) {
      (this.columns[feature] as Float64Array)[this.rows] = features[feature] as number;
    }
    this.rows += 1;
  }
}
