import type { Caller } from "../../platform/caller/index.ts";
import type { FactKind } from "../facts/contract.ts";
import { factsFor } from "../facts/index.ts";
import type { MeasureChoice, ReportTake } from "./contract.ts";

/** What a report can count: a fact as it is now, or a movement of months. */
export interface Measure {
  readonly over: "now" | "months";
  readonly of: string;
  readonly kind: MeasureChoice["kind"];
  readonly group: string;
  /** Whole months the fact looks back; null where there is no window. */
  readonly months: number | null;
  readonly permission: string | null;
}

export type MovementSource = "booking" | "profit" | "opened" | "closed" | "joined";

interface Movement {
  readonly of: string;
  readonly kind: "count" | "money";
  readonly source: MovementSource;
  readonly permission?: string;
}

/** What is kept month by month, and where (movement-store.ts says how each is told). */
export const movements: readonly Movement[] = [
  { of: "new_customers", kind: "count", source: "joined" },
  { of: "opened_count", kind: "count", source: "opened" },
  { of: "closed_count", kind: "count", source: "closed" },
  { of: "in_minor", kind: "money", source: "booking" },
  { of: "out_minor", kind: "money", source: "booking" },
  { of: "in_count", kind: "count", source: "booking" },
  { of: "out_count", kind: "count", source: "booking" },
  { of: "card_minor", kind: "money", source: "booking" },
  { of: "card_count", kind: "count", source: "booking" },
  { of: "cash_minor", kind: "money", source: "booking" },
  { of: "cash_count", kind: "count", source: "booking" },
  { of: "digital_minor", kind: "money", source: "booking" },
  { of: "digital_count", kind: "count", source: "booking" },
  { of: "transfer_minor", kind: "money", source: "booking" },
  { of: "branch_count", kind: "count", source: "booking" },
  { of: "salary_minor", kind: "money", source: "booking" },
  { of: "remittance_minor", kind: "money", source: "booking" },
  { of: "own_elsewhere_minor", kind: "money", source: "booking" },
  { of: "fee_minor", kind: "money", source: "booking" },
  { of: "deposits_average_minor", kind: "money", source: "profit" },
  { of: "lending_average_minor", kind: "money", source: "profit" },
  { of: "profit_minor", kind: "money", source: "profit", permission: "profit:read" },
  { of: "economic_profit_minor", kind: "money", source: "profit", permission: "profit:read" },
];

const takesOf: Readonly<Record<Measure["kind"], readonly ReportTake[]>> = {
  customers: ["count", "share"],
  count: ["sum", "average", "share"],
  money: ["sum", "average", "share"],
  share: ["average"],
  number: ["average"],
  days: ["average"],
  ahead: ["average"],
  years: ["average"],
  flag: ["count", "share"],
};

export const takesFor = (measure: Measure): readonly ReportTake[] => takesOf[measure.kind];

const isMeasured = (kind: FactKind): kind is Exclude<FactKind, "code"> => kind !== "code";

/** The measures there are for the caller, the customers first. */
export function measuresFor(caller: Pick<Caller, "permissions">): readonly Measure[] {
  const sees = (permission: string | null) => permission === null || caller.permissions.has(permission);
  const customers = (over: "now" | "months"): Measure => ({
    over,
    of: "customers",
    kind: "customers",
    group: "person",
    months: null,
    permission: null,
  });
  const facts = factsFor(caller).flatMap(({ key, kind, group, months, permission }) =>
    isMeasured(kind) ? [{ over: "now" as const, of: key, kind, group, months, permission }] : [],
  );
  const moved = movements.map(({ of, kind, permission = null }) => ({
    ...{ over: "months" as const, of, kind, group: "activity", months: null, permission },
  }));
  return [customers("now"), ...facts, customers("months"), ...moved.filter(({ permission }) => sees(permission))];
}

export function toChoice(measure: Measure): MeasureChoice {
  const { over, of, kind, group, months } = measure;
  return { over, of, kind, group, months, takes: [...takesFor(measure)] };
}
