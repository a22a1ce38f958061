import type { Condition as Asked, Filter } from "../../../server/customers/directory/contract.ts";
import { type Condition, type FilterGroup, isGroup } from "../../ui/filter-builder/filter.ts";
import { addDays } from "../days.ts";

/** What the API reads: groups at most three deep, 30 conditions in all. */
const depthMax = 3;
export const conditionsMax = 30;

/**
 * What a person built, as the API asks for it. "Between" becomes two conditions, "within the last days" a day counted back from `today`
 * (YYYY-MM-DD, the bank's day). `undefined` when nothing is asked, null when it cannot be asked: too deep, or too many conditions.
 */
export function toApiFilter(group: FilterGroup, today: string): Filter | undefined | null {
  if (group.of.length === 0) return undefined;
  const filter = groupOf(group, today);
  return depthOf(filter) > depthMax || sizeOf(filter) > conditionsMax ? null : filter;
}

function groupOf(group: FilterGroup, today: string): Filter {
  const conditions = group.of.flatMap((node): (Asked | Filter)[] => {
    const part = isGroup(node) ? groupOf(node, today) : askedOf(node, today);
    // A group that joins like the one around it needs no brackets.
    return "match" in part && (part.match === group.match || part.conditions.length === 1) ? part.conditions : [part];
  });
  return { match: group.match, conditions };
}

const all = (...conditions: Asked[]): Filter => ({ match: "all", conditions });

function askedOf(condition: Condition, today: string): Asked | Filter {
  const [name = "", currency = ""] = condition.field.split(":");
  switch (name) {
    case "name":
      return { field: "name", operator: "contains", value: first(condition) };
    case "city":
      return { field: "city", operator: condition.op === "equals" ? "is" : "starts_with", value: first(condition) };
    case "kind":
      return any(
        condition.values.map((value) => ({ field: "kind", operator: "is", value: value === "organisation" ? "organisation" : "person" })),
      );
    case "segment":
    case "country":
    case "language":
    case "currency":
    case "branch":
    case "portfolio":
    case "member":
      return { field: name, operator: condition.op === "none_of" ? "is_none_of" : "is_one_of", value: [...condition.values] };
    case "holding":
      return condition.op === "none_of"
        ? all(...condition.values.map((value): Asked => ({ field: "holding", operator: "has_not", value })))
        : any(condition.values.map((value) => ({ field: "holding", operator: "has", value })));
    case "bornOn":
    case "customerSince":
    case "lastTransactionOn":
      return dayOf(name, condition, today);
    case "birthday":
      return { field: "birthday", operator: "within_days", value: wholeNumber(condition, 0, 366) };
    case "assets":
    case "debts":
      return moneyOf(name, condition, currency);
    case "phone":
    case "email":
      return { field: name, operator: condition.op === "is_empty" ? "is_unknown" : "is_known" };
    case "arrears":
      return { field: "arrears", operator: condition.op === "no" ? "is_not" : "is" };
    case "own":
      return { field: "own", operator: condition.op === "no" ? "is_not" : "is" };
    default:
      throw new Error(`no condition on ${condition.field}`);
  }
}

function dayOf(field: "bornOn" | "customerSince" | "lastTransactionOn", condition: Condition, today: string): Asked | Filter {
  const [from = "", to = ""] = condition.values;
  const days = (): number => wholeNumber(condition, 1, 3650);
  switch (condition.op) {
    case "before":
      return { field, operator: "before", value: from };
    case "after":
      return { field, operator: "after", value: from };
    case "between":
      return all({ field, operator: "after", value: addDays(from, -1) }, { field, operator: "before", value: addDays(to, 1) });
    case "within_days":
      return { field, operator: "after", value: addDays(today, -days()) };
    case "not_within_days":
      // Who never had a transaction was not heard of either.
      return field === "lastTransactionOn"
        ? { field: "quietDays", operator: "at_least", value: days() }
        : { field, operator: "before", value: addDays(today, 1 - days()) };
    default:
      return { field, operator: "on", value: from };
  }
}

function moneyOf(field: "assets" | "debts", condition: Condition, currency: string): Asked | Filter {
  const [from = "", to = ""] = condition.values;
  if (condition.op === "between")
    return all({ field, operator: "at_least", value: from, currency }, { field, operator: "at_most", value: to, currency });
  return { field, operator: condition.op === "at_most" ? "at_most" : "at_least", value: from, currency };
}

function any(conditions: Asked[]): Asked | Filter {
  const [only] = conditions;
  return conditions.length === 1 && only !== undefined ? only : { match: "any", conditions };
}

function first(condition: Condition): string {
  return (condition.values[0] ?? "").trim();
}

function wholeNumber(condition: Condition, min: number, max: number): number {
  const value = Math.round(Number(condition.values[0]));
  return Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : min;
}

function depthOf(filter: Filter): number {
  return 1 + Math.max(0, ...filter.conditions.map((part) => ("match" in part ? depthOf(part) : 0)));
}

function sizeOf(filter: Filter): number {
  return filter.conditions.reduce((sum, part) => sum + ("match" in part ? sizeOf(part) : 1), 0);
}
