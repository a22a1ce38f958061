import { type Column, findLeaks, type Table } from "../../learning/index.ts";
import type { ModelReport } from "../contract.ts";

type ColumnWarning = ModelReport["warnings"][number];

/** Leaves out what cannot tell rows apart; names columns with infinite values, which count as beyond every other, and those that tell the target alone. */
export function usableColumns(table: Table, target: Float64Array): { kept: Table; warnings: ColumnWarning[] } {
  const warnings: ColumnWarning[] = [];
  const columns = table.columns.filter((column) => {
    const code = faultOf(column);
    if (code !== null) warnings.push({ code, column: column.name });
    else if (column.kind === "number" && column.values.some((value) => Math.abs(value) === Infinity))
      warnings.push({ code: "infinite", column: column.name });
    return code === null;
  });
  const kept = { rows: table.rows, columns };
  for (const { column, auc } of findLeaks(kept, target)) warnings.push({ code: "leak", column, figure: auc });
  return { kept, warnings };
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
