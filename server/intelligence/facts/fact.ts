import type { FactGroup, FactKind } from "./contract.ts";

/** Where a figure is computed: over the months of the customer's parties, their balances, their holdings, …; `supplied`: another module writes it. */
export type FactOrigin = "months" | "pay" | "balances" | "holdings" | "customer" | "relations" | "supplied";

/** One measure of a customer. The key names its column, the words are `segments:facts.<key>`. */
export interface Fact {
  readonly key: string;
  readonly kind: FactKind;
  readonly group: FactGroup;
  readonly origin: FactOrigin;
  /** An expression over the origin's rows of one customer; see compile.ts for what is in reach. Empty when supplied. */
  readonly sql: string;
  /** Months looked back; null where there is no window. */
  readonly months: number | null;
  /** Whether it can be told as of a past month end. What is only known as it is now must not be learned from. */
  readonly hasPast: boolean;
  /** The right to see it, beside the customer; null: none. */
  readonly permission: string | null;
  /** Of a class of persons that decisions must not rest on; models get it only when they ask for it by name. */
  readonly isProtected: boolean;
  /** Its closed list of codes, or null where codes are the bank's own. */
  readonly codes: readonly string[] | null;
}

type Given = Pick<Fact, "key" | "kind" | "group" | "sql"> & Partial<Fact>;

const defaults = { months: null, hasPast: true, permission: null, isProtected: false, codes: null } as const;

const of =
  (origin: FactOrigin) =>
  (given: Given): Fact => ({ ...defaults, origin, ...given });

/** Over `b`, the months of the customer's parties. */
export const ofMonths = of("months");
/** Over `s`, the customer's regular pay (see compile.ts). */
export const ofPay = of("pay");
/** Over `b`, the known balances of the holdings of the customer's parties. */
export const ofBalances = of("balances");
/** Over `h`, the holdings the customer owns or owns jointly. */
export const ofHoldings = of("holdings");
/** Over `c`, the golden record. */
export const ofCustomer = of("customer");
/** Over `r`, the relations of the customer's parties in force. */
export const ofRelations = of("relations");

/** A result of another module, which writes it with supplyFacts. Known as it is now. */
export const supplied = (given: Omit<Given, "sql">): Fact => ({ ...defaults, origin: "supplied", sql: "", hasPast: false, ...given });

/** `column` of the months, added up over the last `months` whole months. Money is in the reporting currency. */
export const total = (column: string, months: number): string => `coalesce(sum(${amount(column)}) filter (where ${within(months)}), 0)`;

/** The months from `ago` months back, `months` long. */
export const within = (months: number, ago = 0): string =>
  ago === 0
    ? `b.month_no > @until - ${months} and b.month_no <= @until`
    : `b.month_no > @until - ${ago + months} and b.month_no <= @until - ${ago}`;

export const totalBefore = (column: string, months: number, ago: number): string =>
  `coalesce(sum(${amount(column)}) filter (where ${within(months, ago)}), 0)`;

/** Each month's amount is rounded to whole minor units by itself, so that the order of adding up plays no part. */
export const amount = (column: string): string => (column.endsWith("_minor") ? `(b.${column} * x.factor)::bigint` : `b.${column}`);

/** The months of the last three against the nine before, per month: 1 is as before. Null without anything before. */
export const trend = (column: string): string =>
  `(${total(column, 3)})::double precision / 3 / nullif((${totalBefore(column, 9, 3)})::double precision / 9, 0)`;

/** The last day of a kind in the months that may be known. */
export const lastDay = (column: string): string => `max(b.${column})`;

/** A money balance at the end of the month `ago` months back; `b.assets` and so on are explained in compile.ts. */
export const balanceAt = (sign: "assets" | "debts", where: string, ago = 0): string =>
  `coalesce(sum(b.${sign}) filter (where ${where} and b.month_no <= @until - ${ago} and b.next_no > @until - ${ago}), 0)`;
