import { literal } from "./literal.ts";
import type { FilePlan } from "./plan.ts";

/**
 * SQL for the file's column that a field of a kind was read from, or null. `field` is SQL that gives the name of the field. A row may give
 * several records of one kind, each from other columns: then the column that holds the record's own value is the one; `value` gives the SQL of
 * that value, and without it the question stays open.
 */
export function columnOfField(
  plan: Pick<FilePlan, "records" | "raw">,
  kind: string,
  field: string,
  value: ((field: string) => string) | null = null,
): string {
  const columns = new Map<string, Set<string>>();
  for (const record of plan.records.filter((one) => one.kind === kind)) {
    for (const [name, column] of record.fileColumns) columns.set(name, (columns.get(name) ?? new Set()).add(column));
  }
  const cases = [...columns].flatMap(([name, found]) => {
    const [only, ...others] = found;
    if (only === undefined || (others.length > 0 && value === null)) return [];
    const which = others.length === 0 || value === null ? literal(only) : whichHolds([...found], value(name), plan.raw("s"));
    return [`when ${literal(name)} then ${which}`];
  });
  return cases.length === 0 ? "null::text" : `case ${field} ${cases.join(" ")} end`;
}

function whichHolds(columns: readonly string[], value: string, raw: string): string {
  return `case ${value} ${columns.map((column) => `when btrim(${raw} ->> ${literal(column)}) then ${literal(column)}`).join(" ")} end`;
}
