import { type readStanding as Endpoint, readStanding, standingDays } from "../../../server/customers/portfolios/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import type { Condition, FilterGroup } from "../../ui/filter-builder/filter.ts";
import { useEndpoint } from "../../ui/query.ts";

export type Standing = AnswerOf<typeof Endpoint>;
export type Totals = Standing["totals"];

/** One call for all parts of the home page that show figures. */
export function useStanding() {
  return useEndpoint(readStanding, {});
}

export const own: Condition = { field: "own", op: "yes", values: [] };

export const conditions = {
  inArrears: { field: "arrears", op: "yes", values: [] },
  quiet: { field: "lastTransactionOn", op: "not_within_days", values: [String(standingDays.quiet)] },
  newcomers: { field: "customerSince", op: "within_days", values: [String(standingDays.newcomer)] },
} as const satisfies Record<string, Condition>;

/** The customers behind a figure of this standing. */
export function behind(scope: Standing["scope"], ...more: Condition[]): FilterGroup {
  return { match: "all", of: [...(scope === "own" ? [own] : []), ...more] };
}
