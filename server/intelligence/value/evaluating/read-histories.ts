import { momentMs } from "../../../platform/calendar/index.ts";
import { Refusal } from "../../../platform/config/index.ts";
import { type DelimitedFile, readNumber } from "../../../platform/files/index.ts";
import { historyFault, type PurchaseHistory } from "../purchase-history.ts";
import type { PurchaseColumns, SummaryColumns } from "./columns.ts";

export interface Histories {
  readonly customers: readonly PurchaseHistory[];
  /** What the same customers, in the same order, did afterwards; null when the data end with what the models learn from. */
  readonly after: { readonly units: number; readonly purchases: readonly number[]; readonly value: readonly number[] } | null;
  /** ISO dates; null for a summary. */
  readonly period: { readonly from: string; readonly learnedUntil: string; readonly to: string } | null;
  /** Whether times are known to be weeks, of whole days. */
  readonly inWeeks: boolean;
  readonly rows: number;
  readonly rowsLeftOut: Readonly<Record<string, number>>;
}

export const unitDays = { day: 1, week: 7, month: 365.25 / 12 } as const;
export type Unit = keyof typeof unitDays;

const DAY_MS = 86_400_000;

class LeftOut {
  readonly counts: Record<string, number> = {};
  add(reason: string): void {
    this.counts[reason] = (this.counts[reason] ?? 0) + 1;
  }
}

/** One row a customer. Rows that are no history are left out and counted by reason. */
export function readSummary({ rows }: DelimitedFile, columns: SummaryColumns): Histories {
  const leftOut = new LeftOut();
  const customers: PurchaseHistory[] = [];
  let count = 0;
  for (const row of rows) {
    count += 1;
    const number = (place: number) => readNumber(row[place] ?? "");
    const history = {
      repeats: number(columns.repeats),
      lastAt: number(columns.lastAt),
      observed: number(columns.observed),
      meanValue: columns.meanValue === null ? 0 : number(columns.meanValue),
    };
    if (historyFault(history) === null) customers.push(history);
    else leftOut.add("no history");
  }
  const exact = asWholeDays(customers);
  return { customers: exact ?? customers, after: null, period: null, inWeeks: exact !== null, rows: count, rowsLeftOut: leftOut.counts };
}

const ROUNDING = 0.0051;

/**
 * Weeks written with two decimals are whole days rounded, when every time is: the days are put back, because a hundredth of a week more or less moves
 * the third decimal of the parameters. Null where some time is no whole number of days.
 */
function asWholeDays(customers: readonly PurchaseHistory[]): PurchaseHistory[] | null {
  const days = (weeks: number) => Math.round(weeks * 7) / 7;
  const fits = (weeks: number) => Math.abs(weeks - days(weeks)) <= ROUNDING;
  if (!customers.every(({ lastAt, observed }) => fits(lastAt) && fits(observed))) return null;
  return customers.map((history) => ({ ...history, lastAt: days(history.lastAt), observed: days(history.observed) }));
}

/** Value by day of one customer; days since 1970. */
type Days = Map<number, number>;

/**
 * One row a purchase. Purchases of a day are one. What lies after `until` (an ISO date) is kept apart to judge what was learned; when not said, the
 * middle of the whole time. Negative amounts are refunds, not purchases: left out and counted.
 */
export function readPurchases(file: DelimitedFile, columns: PurchaseColumns, unit: Unit, until: string | null): Histories {
  const leftOut = new LeftOut();
  const { byCustomer, rows } = daysByCustomer(file, columns, leftOut);
  if (byCustomer.size === 0) throw new Refusal(`The file holds no purchase: ${rows} rows, left out: ${JSON.stringify(leftOut.counts)}.`);
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const days of byCustomer.values()) {
    for (const day of days.keys()) {
      first = Math.min(first, day);
      last = Math.max(last, day);
    }
  }
  const end = until === null ? Math.floor((first + last) / 2) : Date.parse(until) / DAY_MS;
  if (!(end >= first && end <= last)) throw new Refusal(`The data reach from ${isoDay(first)} to ${isoDay(last)}; --until lies outside.`);
  const customers: PurchaseHistory[] = [];
  const purchases: number[] = [];
  const value: number[] = [];
  for (const days of byCustomer.values()) {
    const history = historyUntil(days, end, unitDays[unit]);
    if (history === null) continue; // came later: nobody could have known
    customers.push(history);
    const later = [...days].filter(([day]) => day > end);
    purchases.push(later.length);
    value.push(later.reduce((sum, [, amount]) => sum + amount, 0));
  }
  return {
    customers,
    after: last > end ? { units: (last - end) / unitDays[unit], purchases, value } : null,
    period: { from: isoDay(first), learnedUntil: isoDay(end), to: isoDay(last) },
    inWeeks: unit === "week",
    rows,
    rowsLeftOut: leftOut.counts,
  };
}

function daysByCustomer(file: DelimitedFile, columns: PurchaseColumns, leftOut: LeftOut) {
  const byCustomer = new Map<string, Days>();
  const dayOf = new Map<string, number>();
  let rows = 0;
  for (const row of file.rows) {
    rows += 1;
    const [customer = "", date = "", amountText = ""] = [row[columns.customer], row[columns.date], row[columns.amount]];
    const day = dayOf.get(date) ?? Math.floor(momentMs(date, columns.dateFormat) / DAY_MS);
    dayOf.set(date, day);
    const amount = readNumber(amountText);
    if (customer === "") leftOut.add("no customer");
    else if (Number.isNaN(day)) leftOut.add("no date");
    else if (!Number.isFinite(amount)) leftOut.add("no amount");
    else if (amount < 0) leftOut.add("negative amount");
    else {
      const days = byCustomer.get(customer) ?? new Map<number, number>();
      byCustomer.set(customer, days);
      days.set(day, (days.get(day) ?? 0) + amount);
    }
  }
  return { byCustomer, rows };
}

function historyUntil(days: Days, end: number, daysPerUnit: number): PurchaseHistory | null {
  const known = [...days].filter(([day]) => day <= end).sort(([a], [b]) => a - b);
  const [first, ...repeats] = known;
  if (first === undefined) return null;
  const total = repeats.reduce((sum, [, amount]) => sum + amount, 0);
  return {
    repeats: repeats.length,
    lastAt: ((repeats.at(-1)?.[0] ?? first[0]) - first[0]) / daysPerUnit,
    observed: (end - first[0]) / daysPerUnit,
    meanValue: repeats.length === 0 ? 0 : total / repeats.length,
  };
}

const isoDay = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);
