import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { catalogue, type FactTable, factTable, lastDayOf, monthNo, readWindow } from "../facts/index.ts";
import type { Column, Table } from "../learning/index.ts";
import { type CustomerTraits, firstBookedMonth, readTraits, sampleCustomers } from "./population-store.ts";

/** Facts that models learn from: what can be told of the past, is computed from the bank's own books, and is no protected trait. */
export const learnedFacts: readonly string[] = catalogue
  .filter(({ hasPast, isProtected, origin }) => hasPast && !isProtected && origin !== "supplied")
  .map(({ key }) => key);

const CUSTOMERS_MAX = 25_000;
const AS_OFS_MAX = 12;
/** Months of life before the first day learned from: shorter, sums over six months would be sums over less. */
const MONTHS_BEFORE = 6;

export interface PastFacts {
  /** Month ends to learn from, ascending, each with its outcome known. */
  readonly asOfs: string[];
  /** The customers' facts as of a month end, also of those up to the horizon behind the last. */
  readonly tableOf: (asOf: string) => FactTable;
  readonly traits: ReadonlyMap<string, CustomerTraits>;
}

/**
 * Facts of (a sample of) the customers as of the past month ends whose outcome `horizonMonths` later is known: the latest twelve, or every
 * `stepMonths`th. Exactly what was known then. Worker role. Fails with invalid_input (too_few_days): the bank's past is too short.
 */
export async function pastFacts(
  tx: Tx,
  clock: Clock,
  order: { readonly horizonMonths: number; readonly stepMonths: number; readonly keys: readonly string[] },
): Promise<PastFacts> {
  const { horizonMonths, stepMonths, keys } = order;
  const { untilMonth } = await readWindow(tx, clock.now());
  const first = await firstBookedMonth(tx);
  const months: number[] = [];
  for (let month = untilMonth - horizonMonths; first !== null && month >= monthNo(first) + MONTHS_BEFORE; month -= stepMonths) {
    if (months.length < AS_OFS_MAX) months.unshift(month);
  }
  if (months.length < 4)
    throw new DomainError("invalid_input", "the bank's past is too short to learn from", {
      detail: { reason: "too_few_days", days: months.length },
    });
  const customerIds = await sampleCustomers(tx, CUSTOMERS_MAX);
  const wanted = new Set(months.flatMap((month) => [month, month + horizonMonths]));
  const tables = new Map<string, FactTable>();
  for (const month of [...wanted].sort((a, b) => a - b)) {
    const asOf = lastDayOf(month);
    tables.set(asOf, await factTable(tx, { keys, asOf, customerIds, clock }));
  }
  return {
    asOfs: months.map(lastDayOf),
    tableOf: (asOf) => tables.get(asOf) as FactTable,
    traits: new Map((await readTraits(tx, customerIds)).map((traits) => [traits.customerId, traits])),
  };
}

/** The last day of the month that is `months` later. */
export function monthsLater(asOf: string, months: number): string {
  return lastDayOf(monthNo(asOf) + months);
}

/** One fact of a table as numbers, NaN where there is none; flags are 0 and 1. */
export function numbersOf(table: FactTable, key: string): Float64Array {
  const column = table.columns.get(key);
  if (column === undefined || !("values" in column)) throw new TypeError(`${key} is no number in this table`);
  return column.values;
}

/** Rows of several fact tables under one another, as learning wants them: `rows` names a place in each table. */
export function stacked(parts: readonly { readonly table: FactTable; readonly rows: readonly number[] }[], keys: readonly string[]): Table {
  const rows = parts.reduce((sum, part) => sum + part.rows.length, 0);
  return { rows, columns: keys.map((key) => stackedColumn(parts, key, rows)) };
}

function stackedColumn(
  parts: readonly { readonly table: FactTable; readonly rows: readonly number[] }[],
  key: string,
  count: number,
): Column {
  const first = parts[0]?.table.columns.get(key);
  let at = 0;
  if (first === undefined || "values" in first) {
    const values = new Float64Array(count);
    for (const { table, rows } of parts) {
      const from = numbersOf(table, key);
      for (const row of rows) {
        values[at] = from[row] as number;
        at += 1;
      }
    }
    return { name: key, kind: "number", values };
  }
  const categories: string[] = [];
  const placeOf = new Map<string, number>();
  const codes = new Int32Array(count);
  for (const { table, rows } of parts) {
    const from = table.columns.get(key);
    if (from === undefined || "values" in from) throw new TypeError(`${key} is not of one kind`);
    const own = from.dictionary.map((code) => {
      const place = placeOf.get(code) ?? placeOf.size;
      if (place === placeOf.size) categories.push(code);
      placeOf.set(code, place);
      return place;
    });
    for (const row of rows) {
      const place = from.places[row] as number;
      codes[at] = place < 0 ? -1 : (own[place] as number);
      at += 1;
    }
  }
  return { name: key, kind: "category", codes, categories };
}
