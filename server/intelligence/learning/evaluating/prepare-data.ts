import { Refusal } from "../../../platform/config/index.ts";
import { type CategoryColumn, type Column, type Table, takeRows, takeValues } from "../tables/table.ts";
import { findLeaks } from "./find-leaks.ts";
import { readTable } from "./reading/read-table.ts";

export interface DataOrder {
  /** Path of a delimited text file, also gzipped; `zip#name` for one of several in a zip. */
  readonly data: string;
  /** Name of the column to predict; in a file without a header its number from 1, also as column7, or "last". */
  readonly target: string;
  /** The value of the target that is the event; several with commas between. Every other is not. */
  readonly positive: string;
  readonly drop: readonly string[];
}

export interface PreparedData {
  readonly table: Table;
  readonly target: Float64Array;
  readonly warnings: readonly string[];
}

/** Reads a file and makes ready what models learn from. Throws Refusal for an unknown column or value, or one class only. */
export async function prepareData(order: DataOrder): Promise<PreparedData> {
  const { table, hasHeader, notes } = await readTable(order.data, order.target);
  const names = table.columns.map(({ name }) => name);
  const targetName = nameOfTarget(order.target, names, hasHeader);
  const unknown = order.drop.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Refusal(`There is no column ${unknown.join(", ")} to drop; the columns are ${listed(names)}.`);
  const { target, rows, warnings } = targetOf(asWritten(table.columns[names.indexOf(targetName)] as Column), order.positive);
  const dropped = new Set([targetName, ...order.drop]);
  const inputs = { rows: table.rows, columns: table.columns.filter(({ name }) => !dropped.has(name)) };
  const { kept, left } = telling(rows.length === table.rows ? inputs : takeRows(inputs, rows));
  if (kept.columns.length === 0)
    throw new Refusal("No column is left to learn from: all are constant, empty, names of single rows, or dropped.");
  const values = takeValues(target, rows);
  const leaks = findLeaks(kept, values).map(
    ({ column, auc }) => `${column} alone tells the target with AUC ${auc.toFixed(3)}: is it known before the event? If not, drop it.`,
  );
  return { table: kept, target: values, warnings: [...leaks, ...warnings, ...left, ...notes] };
}

function nameOfTarget(wanted: string, names: readonly string[], hasHeader: boolean): string {
  if (names.includes(wanted)) return wanted;
  const number = /^\D{0,8}?(\d+)$/.exec(wanted)?.[1];
  const place = wanted === "last" ? names.length : Number(number);
  const found = hasHeader ? undefined : names[place - 1];
  if (found !== undefined) return found;
  const same = names.find((name) => name.toLowerCase() === wanted.toLowerCase());
  const hint = same === undefined ? "" : ` Is it ${same}?`;
  const where = hasHeader ? "" : " The file has no header: columns are counted from 1.";
  throw new Refusal(`There is no column ${wanted}; the columns are ${listed(names)}.${hint}${where}`);
}

/** A target read as numbers (its name was not known while reading) goes back to words. */
function asWritten(column: Column): CategoryColumn {
  if (column.kind === "category") return column;
  const places = new Map<number, number>();
  const codes = Int32Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return -1;
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  });
  return { name: column.name, kind: "category", codes, categories: Array.from(places.keys(), String) };
}

function targetOf({ name, codes, categories }: CategoryColumn, positive: string) {
  const wanted = categories.includes(positive) ? [positive] : positive.split(",").map((part) => part.trim());
  const found = wanted.map((value) => placeOf(value, categories));
  const unknown = wanted.filter((_, place) => (found[place] as number) < 0);
  const counts = new Int32Array(categories.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  if (unknown.length > 0) {
    const byCount = categories.map((_, code) => code).sort((a, b) => (counts[b] as number) - (counts[a] as number));
    throw new Refusal(
      `No row has ${unknown.join(", ")} in ${name}; its values are ${listed(byCount.map((code) => categories[code] as string))}.`,
    );
  }
  const rows = Int32Array.from(codes.keys()).filter((row) => (codes[row] as number) >= 0);
  const target = Float64Array.from(codes, (code) => Number(found.includes(code)));
  const events = rows.reduce((sum, row) => sum + (target[row] as number), 0);
  if (events === rows.length)
    throw new Refusal(`Every row has ${wanted.join(" or ")} in ${name}: there is one class only, and nothing to tell apart.`);
  const empty = codes.length - rows.length;
  return { target, rows, warnings: empty === 0 ? [] : [`${empty} rows have nothing in ${name} and were left out.`] };
}

/** As written, else as the same number (1 and 1.0). */
function placeOf(value: string, categories: readonly string[]): number {
  const exact = categories.indexOf(value);
  if (exact >= 0 || value.trim() === "" || Number.isNaN(Number(value))) return exact;
  return categories.findIndex((category) => category !== "" && Number(category) === Number(value));
}

/** Leaves out what cannot tell rows apart, or names each of them. */
function telling(table: Table): { kept: Table; left: string[] } {
  const left: string[] = [];
  const columns = table.columns.filter((column) => {
    const fault = column.kind === "number" ? numberFault(column.values) : categoryFault(column, table.rows);
    if (fault !== null) left.push(`${column.name} ${fault} and was left out.`);
    return fault === null;
  });
  return { kept: { rows: table.rows, columns }, left };
}

function numberFault(values: Float64Array): string | null {
  const first = values[0] as number;
  if (values.every(Number.isNaN)) return "is empty";
  return values.every((value) => value === first) ? "is constant" : null;
}

function categoryFault({ codes, categories }: CategoryColumn, rows: number): string | null {
  const used = new Set(codes);
  const distinct = used.size - Number(used.has(-1));
  if (distinct === 0) return "is empty";
  if (used.size === 1) return "is constant";
  return distinct > 100 && distinct > rows / 2
    ? `names nearly every row (${Math.min(distinct, categories.length)} different values)`
    : null;
}

function listed(names: readonly string[]): string {
  return names.length > 40 ? `${names.slice(0, 40).join(", ")} and ${names.length - 40} more` : names.join(", ");
}
