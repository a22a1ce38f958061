import { columnStability, numberStability } from "../measures/stability.ts";
import type { Column, Table } from "../tables/table.ts";

export type DriftLevel = "stable" | "watch" | "act";

/** Siddiqi 2006, chapter 9: from 0.1 a shift is worth watching, from 0.25 the model is used on another population. */
export const driftBounds = { watch: 0.1, act: 0.25 } as const;

export interface DriftReport {
  readonly scorePsi: number;
  readonly scoreLevel: DriftLevel;
  /** Every column by name, most shifted first. */
  readonly columns: readonly { readonly name: string; readonly psi: number; readonly level: DriftLevel }[];
  /** The score or any column has reached the bound for acting. */
  readonly alarm: boolean;
}

export interface DriftSide {
  readonly table: Table;
  /** Scores of rows the model did not learn from: those of its own training rows are too sure of themselves to compare with. */
  readonly scores: Float64Array;
}

/** Compares rows that come later with those a model was trained on, by the population stability index. */
export function watchDrift(training: DriftSide, later: DriftSide): DriftReport {
  const byName = new Map(later.table.columns.map((column) => [column.name, column]));
  const columns = training.table.columns
    .map((column) => {
      const psi = columnStability(column, byName.get(column.name) ?? allMissing(column, later.table.rows));
      return { name: column.name, psi, level: driftLevel(psi) };
    })
    .sort((a, b) => b.psi - a.psi || (a.name < b.name ? -1 : 1));
  const scorePsi = numberStability(training.scores, later.scores);
  const scoreLevel = driftLevel(scorePsi);
  return { scorePsi, scoreLevel, columns, alarm: scoreLevel === "act" || columns.some(({ level }) => level === "act") };
}

export function driftLevel(psi: number): DriftLevel {
  return psi >= driftBounds.act ? "act" : psi >= driftBounds.watch ? "watch" : "stable";
}

/** A column that no longer comes is drift, not an error. */
function allMissing(column: Column, rows: number): Column {
  return column.kind === "number"
    ? { ...column, values: new Float64Array(rows).fill(Number.NaN) }
    : { ...column, codes: new Int32Array(rows).fill(-1) };
}
