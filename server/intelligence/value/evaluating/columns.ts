import { findDateFormat } from "../../../platform/calendar/index.ts";
import { Refusal } from "../../../platform/config/index.ts";
import { type DelimitedFile, readNumber, sampleRows } from "../../../platform/files/index.ts";

/** Names or numbers (from 1) of columns, as a person gives them. */
export interface PurchaseColumnNames {
  readonly customer?: string;
  readonly date?: string;
  readonly amount?: string;
}

/** Places of columns, from 0. */
export interface PurchaseColumns {
  readonly customer: number;
  readonly date: number;
  readonly dateFormat: string;
  readonly amount: number;
}

export interface SummaryColumns {
  readonly repeats: number;
  readonly lastAt: number;
  readonly observed: number;
  readonly meanValue: number | null;
}

const ROWS_LOOKED_AT = 5_000;

/** Finds a column by what a person called it. Throws Refusal naming the columns there are. */
function columnNamed({ header }: DelimitedFile, name: string): number {
  const exact = header.indexOf(name);
  if (exact >= 0) return exact;
  const place = header.findIndex((column) => column.toLowerCase() === name.toLowerCase());
  if (place >= 0) return place;
  const number = Number(name);
  if (Number.isInteger(number) && number >= 1 && number <= header.length) return number - 1;
  throw new Refusal(`There is no column "${name}"; the file has ${header.join(", ")}.`);
}

/** Which column is the customer, the day and the amount of a purchase: as said, else by name, else by what stands in it. Throws Refusal when one is not found. */
export function findPurchaseColumns(file: DelimitedFile, names: PurchaseColumnNames): PurchaseColumns {
  const columns = columnsOf(file);
  const taken: number[] = [];
  const take = (what: keyof PurchaseColumnNames, found: () => number): number => {
    const said = names[what];
    const place = said === undefined ? found() : columnNamed(file, said);
    if (place < 0)
      throw new Refusal(`No column looks like the ${what} of a purchase; name it with --${what}. The file has ${file.header.join(", ")}.`);
    taken.push(place);
    return place;
  };
  const free = (place: number) => !taken.includes(place);
  const byName = (pattern: RegExp, fits: (cells: readonly string[]) => boolean) =>
    file.header.findIndex((name, place) => free(place) && pattern.test(name) && fits(columns[place] ?? []));
  const any = (fits: (cells: readonly string[]) => boolean) => columns.findIndex((cells, place) => free(place) && fits(cells));
  const orAny = (named: number, fits: (cells: readonly string[]) => boolean) => (named >= 0 ? named : any(fits));

  const isDate = (cells: readonly string[]) => findDateFormat(cells) !== null;
  const date = take("date", () => orAny(byName(/date|day|time|when/i, isDate), isDate));
  const amount = take("amount", () => {
    const named = byName(/amount|value|revenue|sales|spend|total|price|monetary/i, areNumbers);
    return named >= 0 ? named : orAny(any(haveFractions), areNumbers);
  });
  const customer = take("customer", () => {
    const named = byName(/customer|client|user|account|card|party|^(cust|id)/i, repeatThemselves);
    return named >= 0 ? named : mostDistinct(columns, free);
  });
  const dateFormat = findDateFormat(columns[date] ?? []);
  if (dateFormat === null)
    throw new Refusal(`The dates in column "${file.header[date]}" are written in no way known, or not all in the same.`);
  return { customer, date, dateFormat, amount };
}

function columnsOf(file: DelimitedFile): string[][] {
  const rows = sampleRows(file, ROWS_LOOKED_AT);
  return file.header.map((_, place) => rows.map((row) => row[place] ?? "").filter((cell) => cell !== ""));
}

const isNumber = (cell: string) => Number.isFinite(readNumber(cell));
const areNumbers = (cells: readonly string[]) => cells.length > 0 && cells.every(isNumber);
const haveFractions = (cells: readonly string[]) =>
  areNumbers(cells) && cells.filter((cell) => /[.,]/.test(cell)).length > cells.length / 2;
const repeatThemselves = (cells: readonly string[]) => cells.length > 0 && (cells.length < 20 || new Set(cells).size < cells.length);

function mostDistinct(columns: readonly (readonly string[])[], free: (place: number) => boolean): number {
  let [best, most] = [-1, 0];
  for (const [place, cells] of columns.entries()) {
    const distinct = new Set(cells).size;
    if (free(place) && repeatThemselves(cells) && distinct > most) [best, most] = [place, distinct];
  }
  return best;
}

const SUMMARY_NAMES = {
  repeats: /^(frequency|x|repeats?|repeat_?(purchases|transactions)|n_?repeats?)$/i,
  lastAt: /^(recency|t_?x|last_?at|t\.x)$/i,
  observed: /^(t|age|t_?cal|observed|tenure|customer_?age)$/i,
  meanValue: /^(z_?bar|monetary(_?value)?|m_?x|mean_?value|average_?value|avg_?(amount|value))$/i,
};

/**
 * The columns of a summary (one customer a row) by name: given as "frequency,recency,age[,mean]", else the usual ones (frequency or x, recency or t_x,
 * T, zbar or monetary_value). Null when the file has no such columns and none were named. Throws Refusal for a name the file has not.
 */
export function findSummaryColumns(file: DelimitedFile, named: string | null): SummaryColumns | null {
  if (named !== null) {
    const places = named.split(",").map((name) => columnNamed(file, name.trim()));
    const [repeats, lastAt, observed, meanValue = null] = places;
    if (repeats === undefined || lastAt === undefined || observed === undefined || places.length > 4)
      throw new Refusal("--summary names three or four columns: frequency,recency,age[,mean].");
    return { repeats, lastAt, observed, meanValue };
  }
  const place = (pattern: RegExp) => file.header.findIndex((name) => pattern.test(name));
  const [repeats, lastAt, observed, meanValue] = [
    place(SUMMARY_NAMES.repeats),
    place(SUMMARY_NAMES.lastAt),
    place(SUMMARY_NAMES.observed),
    place(SUMMARY_NAMES.meanValue),
  ];
  return repeats < 0 || lastAt < 0 || observed < 0 ? null : { repeats, lastAt, observed, meanValue: meanValue < 0 ? null : meanValue };
}
