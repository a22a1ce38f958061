import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import type { RefreshOrder } from "../facts/index.ts";
import type { Table } from "../learning/index.ts";
import type { LearnerKind } from "./contract.ts";
import type { Learner } from "./fitting/fit-by-time.ts";
import type { ExtraMeasures, TrainingSet } from "./training-set.ts";

/** Rows to score as of a day: one a customer, or one a customer and item. */
export interface ScoringRows {
  readonly customerIds: readonly string[];
  /** What each row asks about; empty text where the score is of the customer alone. */
  readonly items: readonly string[];
  readonly table: Table;
}

export interface RowsOrder {
  /** The last day of a month. */
  readonly asOf: string;
  readonly customerIds: readonly string[];
  readonly clock: Clock;
}

/** What a score becomes for a customer: the best answers first. */
export interface ScoredCustomer {
  readonly customerId: string;
  readonly answers: readonly { readonly item: string; readonly chance: number; readonly band: "low" | "medium" | "high" }[];
}

/** Worker role: each piece of work in a transaction of its own, without a bound on its time. */
export interface GatherOrder {
  readonly inTransaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A purpose that models are trained for: what is learned from, what is scored, and what becomes of it. */
export interface ModelPlan {
  readonly modelId: string;
  /** What is trained when nobody chose. */
  readonly learner: LearnerKind;
  /** Options beyond the defaults, the same for every bank. */
  readonly learnerOf: (kind: LearnerKind) => Learner;
  /** Customers who object to profiling are not in it. Fails with invalid_input when the bank has too little past. */
  readonly gather: (order: GatherOrder) => Promise<TrainingSet>;
  readonly measure?: (
    set: TrainingSet,
    judged: { readonly rows: Int32Array; readonly chances: Float64Array; readonly bands: { readonly raised: number } },
  ) => ExtraMeasures;
  /** Where scores are given elsewhere: gives them all anew after another version took its place. Left out where each is given when it is asked for (fraud). */
  readonly rescore?: (order: RefreshOrder) => Promise<unknown>;
  /** What belongs to the refresh of scores; null where scores are given elsewhere (credit, with the ratings; fraud, at each payment). */
  readonly scoring: {
    readonly rowsToScore: (tx: Tx, order: RowsOrder) => Promise<ScoringRows>;
    /** What came of scores of a day whose horizon is over, by customer id and item with a space between; who is not in it is not known. */
    readonly outcomesOf: (tx: Tx, order: RowsOrder) => Promise<ReadonlyMap<string, 0 | 1>>;
    /** Answers kept for each customer. */
    readonly answersMax: number;
    /** Facts that the champion's results become, and their values; `null`: no score. */
    readonly supplies: readonly string[];
    readonly suppliedBy: (scored: ScoredCustomer | null) => readonly (number | string | null)[];
  } | null;
}
