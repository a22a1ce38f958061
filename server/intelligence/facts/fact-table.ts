import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { countKnownBy } from "./bucket-store.ts";
import { catalogue } from "./catalogue/index.ts";
import { factorsOn } from "./exchange-rates.ts";
import type { Fact } from "./fact.ts";
import { computePast, prepareComputation, readKept } from "./fact-store.ts";
import { lastDayOf, monthNo } from "./months.ts";

/** Numbers with NaN where there is none: money in minor units, shares 0 to 1, days, years, flags 0 and 1. */
export interface NumberColumn {
  readonly values: Float64Array;
}

/** Codes as places in the dictionary, -1 where there is none. The dictionary is in the order of the codes. */
export interface CodeColumn {
  readonly places: Int32Array;
  readonly dictionary: readonly string[];
}

export interface FactTable {
  /** The day everything is counted to. */
  readonly asOf: string;
  readonly customerIds: readonly string[];
  readonly columns: ReadonlyMap<string, NumberColumn | CodeColumn>;
}

export interface FactTableOrder {
  readonly keys: readonly string[];
  /** The last day of a month in the past, or null: as kept now. In the past nothing booked later is counted and no later day is known. */
  readonly asOf: string | null;
  /** Whom; null: everybody the caller sees. */
  readonly customerIds?: readonly string[] | null;
  /** Customers who objected to profiling are left out unless the work is no profiling (value, regulation). */
  readonly withObjectors?: boolean;
  /** From when days are counted where asOf is null. */
  readonly clock: Clock;
}

/** The fact of the key. Fails with not_found. */
export function factOf(key: string): Fact {
  const fact = byKey.get(key);
  if (fact === undefined) throw new DomainError("not_found", `there is no fact ${key}`);
  return fact;
}

const byKey = new Map(catalogue.map((fact) => [fact.key, fact]));

/**
 * Facts of many customers as columns for learning and scoring, in the order of the customers' ids. In the past: from what was booked, held and owed by
 * then and known by then, at the rates of then; worker role. What arrived within five days of a month's end was known in it; what arrived later, though
 * booked before, is not counted. History that came with the first load of a source was known when it was booked.
 * Fails with invalid_input (not the end of a month; a fact that has no past), not_found.
 */
export async function factTable(tx: Tx, order: FactTableOrder): Promise<FactTable> {
  const facts = [...new Set(order.keys)].map(factOf);
  const leaveOut = !(order.withObjectors ?? false);
  const customerIds = order.customerIds ?? null;
  if (order.asOf === null) {
    const rows = await readKept(tx, facts, customerIds, leaveOut);
    const today = order.clock.now().toISOString().slice(0, 10);
    return toTable(facts, rows, String(rows[0]?.as_of ?? today), today);
  }
  const month = monthNo(order.asOf);
  if (lastDayOf(month) !== order.asOf) throw new DomainError("invalid_input", `${order.asOf} is not the last day of a month`);
  const late = facts.find(({ hasPast }) => !hasPast);
  if (late !== undefined) throw new DomainError("invalid_input", `${late.key} is only known as it is now`, { detail: { fact: late.key } });
  await prepareComputation(tx, customerIds, await factorsOn(tx, order.asOf));
  const asKnownThen = await countKnownBy(tx, month);
  const rows = await computePast(tx, facts, { untilMonth: month, knownMonth: month, asKnownThen }, leaveOut);
  return toTable(facts, rows, order.asOf, order.asOf);
}

function toTable(facts: readonly Fact[], rows: readonly Record<string, unknown>[], asOf: string, reference: string): FactTable {
  const columns = new Map(
    facts.map((fact) => [fact.key, fact.kind === "code" ? codeColumn(rows, fact.key) : numberColumn(rows, fact, reference)] as const),
  );
  return { asOf, customerIds: rows.map(({ customer_id }) => String(customer_id)), columns };
}

function codeColumn(rows: readonly Record<string, unknown>[], key: string): CodeColumn {
  const dictionary = [...new Set(rows.flatMap((row) => (row[key] === null ? [] : [String(row[key])])))].sort();
  const places = new Map(dictionary.map((code, place) => [code, place]));
  return { dictionary, places: Int32Array.from(rows, (row) => places.get(String(row[key])) ?? -1) };
}

function numberColumn(rows: readonly Record<string, unknown>[], { key, kind }: Fact, reference: string): NumberColumn {
  const today = dayOf(reference);
  return { values: Float64Array.from(rows, (row) => factNumber(row[key], kind, today)) };
}

const DAY_MS = 86_400_000;
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** One value as a number, seen from the day `today` (days since 1970); NaN where there is none. */
function factNumber(value: unknown, kind: Fact["kind"], today: number): number {
  if (value === null || value === undefined) return Number.NaN;
  if (kind === "days") return Math.max(0, today - dayOf(String(value)));
  if (kind === "ahead") return dayOf(String(value)) - today;
  if (kind === "years") return Math.max(0, (today - dayOf(String(value))) / 365.25);
  return Number(value);
}
