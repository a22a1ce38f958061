import { DomainError } from "../../../platform/errors/index.ts";
import type { CategoryColumn, Column, NumberColumn, Table } from "../tables/table.ts";
import { type Design, fitLogistic, linearScore } from "./fit-logistic.ts";

/** How a column becomes numbers: standardised, missing at the mean and flagged; or one of n levels against the commonest. */
export type LogisticInput =
  | { readonly name: string; readonly kind: "number"; readonly mean: number; readonly scale: number; readonly flagsMissing: boolean }
  /** The base level has no term; null is missing; what is not listed counts as the base. */
  | { readonly name: string; readonly kind: "category"; readonly base: string | null; readonly levels: readonly (string | null)[] };

/** A logistic regression on standardised and one-hot inputs: plain JSON. Coefficients stand in the order of the inputs' terms. */
export interface LogisticModel {
  readonly kind: "logistic";
  readonly version: 1;
  readonly inputs: readonly LogisticInput[];
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

export interface LogisticTraining {
  /** See fitLogistic; on standardised inputs. */
  readonly ridge: number;
  readonly weights: Float64Array | null;
  /** Levels of a category with fewer rows, and beyond the 50 commonest, join the base. */
  readonly levelRowsMin: number;
}

const LEVELS_MAX = 50;

/** Fits ln-odds of target 1. Fails with invalid_input for no rows or one class only. */
export function trainLogistic(table: Table, target: Float64Array, chosen: Partial<LogisticTraining> = {}): LogisticModel {
  if (target.every((value) => value === target[0])) throw new DomainError("invalid_input", "all rows have the same target: one class only");
  const { ridge, weights, levelRowsMin } = { ridge: 1, weights: null, levelRowsMin: 20, ...chosen };
  const inputs = table.columns.map((column) => (column.kind === "number" ? numberInput(column) : categoryInput(column, levelRowsMin)));
  const { intercept, coefficients } = fitLogistic(designOf(inputs, table), target, weights, { ridge });
  return { kind: "logistic", version: 1, inputs, coefficients: [...coefficients], intercept };
}

/** Ln-odds, row after row. Fails with invalid_input where a column is missing. */
export function scoreLogistic(model: LogisticModel, table: Table): Float64Array {
  const design = designOf(model.inputs, table);
  const beta = Float64Array.from([...model.coefficients, model.intercept]);
  return Float64Array.from({ length: table.rows }, (_, row) => linearScore(design, row, beta));
}

function numberInput({ name, values }: NumberColumn): LogisticInput {
  let [count, mean, squares] = [0, 0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    count += 1;
    const off = value - mean;
    mean += off / count;
    squares += off * (value - mean);
  }
  const scale = Math.sqrt(squares / Math.max(count, 1));
  return { name, kind: "number", mean, scale: scale > 0 ? scale : 1, flagsMissing: count < values.length };
}

function categoryInput({ name, codes, categories }: CategoryColumn, levelRowsMin: number): LogisticInput {
  const counts = new Float64Array(categories.length + 1);
  for (const code of codes) counts[code + 1] = (counts[code + 1] as number) + 1;
  const [base = 0, ...levels] = Array.from(counts.keys())
    .filter((place) => (counts[place] as number) >= levelRowsMin)
    .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
    .slice(0, LEVELS_MAX);
  const nameOf = (place: number) => (place === 0 ? null : (categories[place - 1] as string));
  return { name, kind: "category", base: nameOf(base), levels: levels.map(nameOf) };
}

function termsOf(input: LogisticInput): number {
  return input.kind === "number" ? 1 + Number(input.flagsMissing) : input.levels.length;
}

function designOf(inputs: readonly LogisticInput[], table: Table): Design {
  const width = inputs.reduce((sum, input) => sum + termsOf(input), 0);
  const values = new Float64Array(table.rows * width);
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  let first = 0;
  for (const input of inputs) {
    writeTerms(input, byName.get(input.name), { values, width, first });
    first += termsOf(input);
  }
  return { rows: table.rows, width, values };
}

function writeTerms(input: LogisticInput, column: Column | undefined, to: { values: Float64Array; width: number; first: number }): void {
  const { values, width, first } = to;
  if (input.kind === "number" && column?.kind === "number") {
    for (let row = 0, at = first; row < column.values.length; row += 1, at += width) {
      const value = column.values[row] as number;
      const isThere = Number.isFinite(value);
      values[at] = isThere ? (value - input.mean) / input.scale : 0;
      if (input.flagsMissing && !isThere) values[at + 1] = 1;
    }
  } else if (input.kind === "category" && column?.kind === "category") {
    const places = new Map(input.levels.map((level, place) => [level, place]));
    const termOf = Int32Array.from([null, ...column.categories], (category) => places.get(category) ?? -1);
    for (let row = 0; row < column.codes.length; row += 1) {
      const term = termOf[(column.codes[row] as number) + 1] as number;
      if (term >= 0) values[row * width + first + term] = 1;
    }
  } else throw new DomainError("invalid_input", `the model needs a ${input.kind} column ${input.name}`);
}
