import type { Table } from "../learning/index.ts";

/** What a model learns from: customers as they stood on several past days, and what came of them. Rows stand in the order of `asOfs`. */
export interface TrainingSet {
  readonly table: Table;
  /** 1 where the event came within the horizon. */
  readonly target: Float64Array;
  /** Ascending days, as 2026-01-31; `asOfOf[row]` is a place in them. */
  readonly asOfs: string[];
  readonly asOfOf: Int32Array;
  /** The outcome of a day is known so many months later; 0 where `knownOn` says of each on which day. */
  readonly horizonMonths: number;
  readonly knownOn?: readonly string[];
  /** Share of the rows without the event that is in the set; chances given later are those of all rows. 1 where left out. */
  readonly keptShare?: number;
  /** Whom a row is of, as a number that means nothing elsewhere: for counting customers and for questions with several answers. */
  readonly subjectOf: Int32Array;
  /** How the rows are told apart when looking where the model fails: branch, language ... null where not known. */
  readonly groups: Readonly<Record<string, readonly (string | null)[]>>;
  /** What the bank would go by without a model; higher is more likely. */
  readonly baseline: Float64Array;
  /** When the event came, in days since 1970; NaN where it did not. For measuring how early it was foretold. */
  readonly eventDay?: Float64Array;
}

/** What is measured of a purpose beyond ranking and calibration: a name and a figure. */
export type ExtraMeasures = Record<string, number | null>;
