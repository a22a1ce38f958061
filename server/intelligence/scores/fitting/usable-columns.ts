import { type Column, findLeaks, histogramOf, histogramStability, type Table, takeRows } from "../../learning/index.ts";
import type { ModelReport } from "../contract.ts";
import type { TimeSplit } from "./split-by-time.ts";

type ColumnWarning = ModelReport["warnings"][number];

/**
 * Leaves out what cannot tell rows apart, and what moved away between the earlier and the later of the days learned from; names columns with infinite
 * values, which count as beyond every other, and those that tell the target alone.
 */
export function usableColumns(
  table: Table,
  target: Float64Array,
  { learn: earlier, tune: later }: Pick<TimeSplit, "learn" | "tune">,
): { kept: Table; warnings: ColumnWarning[] } {
  const warnings: ColumnWarning[] = [];
  const columns = table.columns.filter((column) => {
    const code = faultOf(column);
    if (code !== null) warnings.push({ code, column: column.name });
    else if (column.kind === "number" && column.values.some((value) => Math.abs(value) === Infinity))
      warnings.push({ code: "infinite", column: column.name });
    return code === null;
  });
  const kept = { rows: table.rows, columns: columns.filter((column) => !driftsAway(column, earlier, later, warnings)) };
  for (const { column, auc } of findLeaks(kept, target)) warnings.push({ code: "leak", column, figure: auc });
  return { kept, warnings };
}

// Twice what calls for action: such a column names the days it was learned from (a common date of expiry, a calendar month).
const PSI_OF_A_CLOCK = 0.5;

function driftsAway(column: Column, earlier: Int32Array, later: Int32Array, warnings: ColumnWarning[]): boolean {
  const part = (rows: Int32Array) => takeRows({ rows: 0, columns: [column] }, rows).columns[0] as Column;
  const psi = histogramStability(histogramOf(part(earlier)), part(later));
  if (psi >= PSI_OF_A_CLOCK) warnings.push({ code: "drifts", column: column.name, figure: psi });
  return psi >= PSI_OF_A_CLOCK;
}

function faultOf(column: Column): "empty" | "constant" | null {
  if (column.kind === "number") {
    const first = column.values.find((value) => !Number.isNaN(value));
    if (first === undefined) return "empty";
    return column.values.every((value) => value === first) ? "constant" : null;
  }
  const used = new Set(column.codes);
  if (used.size === 1) return used.has(-1) ? "empty" : "constant";
  return used.size === 0 ? "empty" : null;
}
