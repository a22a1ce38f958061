import { describe, expect, test } from "vitest";
import { Filter } from "../../../server/customers/directory/contract.ts";
import type { Condition, FilterGroup } from "../../ui/filter-builder/filter.ts";
import { toApiFilter } from "./api-filter.ts";

const today = "2026-03-15";
const group = (match: "all" | "any", ...of: (Condition | FilterGroup)[]): FilterGroup => ({ match, of });
const one = (field: string, op: Condition["op"], ...values: string[]): Condition => ({ field, op, values });
const asked = (...of: (Condition | FilterGroup)[]) => toApiFilter(group("all", ...of), today)?.conditions;

describe("a filter in the words of the list, as the API asks it", () => {
  test("nothing chosen asks nothing", () => {
    expect(toApiFilter(group("all"), today)).toBeUndefined();
  });

  test("every condition that can be built is one the API takes", () => {
    const everything = [
      one("name", "contains", "haddad"),
      one("city", "equals", "Doha"),
      one("city", "starts_with", "Do"),
      one("kind", "any_of", "person"),
      one("segment", "none_of", "private"),
      one("member", "none_of", "0190d0e0-0000-7000-8000-000000000001"),
      one("country", "any_of", "QA"),
      one("language", "any_of", "ar", "fa"),
      one("currency", "any_of", "EUR"),
      one("branch", "any_of", "0198f3a0-0000-7000-8000-000000000001"),
      one("portfolio", "none_of", "0198f3a0-0000-7000-8000-000000000002"),
      one("holding", "any_of", "loan"),
      one("holding", "none_of", "mortgage", "card"),
      one("bornOn", "before", "1960-01-01"),
      one("arrears", "yes"),
      one("arrears", "no"),
      one("birthday", "at_most", "7"),
      one("customerSince", "on", "2020-01-01"),
      one("lastTransactionOn", "not_within_days", "90"),
      one("assets:EUR", "at_least", "5000000"),
      one("debts:IRR", "between", "1", "9"),
      one("phone", "is_empty"),
      one("email", "is_not_empty"),
      one("own", "yes"),
    ];
    for (const condition of everything) expect(() => Filter.parse(toApiFilter(group("all", condition), today))).not.toThrow();
  });

  test("'between' includes both days, and both amounts", () => {
    expect(asked(one("customerSince", "between", "2020-01-01", "2020-12-31"))).toEqual([
      { field: "customerSince", operator: "after", value: "2019-12-31" },
      { field: "customerSince", operator: "before", value: "2021-01-01" },
    ]);
    expect(asked(one("assets:EUR", "between", "100", "200"))).toEqual([
      { field: "assets", operator: "at_least", value: "100", currency: "EUR" },
      { field: "assets", operator: "at_most", value: "200", currency: "EUR" },
    ]);
  });

  test("'within the last 30 days' and 'not within the last 30 days' share no customer and leave none out", () => {
    expect(asked(one("lastTransactionOn", "within_days", "30"))).toEqual([
      { field: "lastTransactionOn", operator: "after", value: "2026-02-13" },
    ]);
    expect(asked(one("lastTransactionOn", "not_within_days", "30"))).toEqual([{ field: "quietDays", operator: "at_least", value: 30 }]);
    expect(asked(one("customerSince", "not_within_days", "30"))).toEqual([
      { field: "customerSince", operator: "before", value: "2026-02-14" },
    ]);
  });

  test("'between' under OR keeps its brackets", () => {
    const filter = toApiFilter(group("any", one("assets:EUR", "between", "1", "2"), one("own", "yes")), today);
    expect(filter?.conditions[0]).toMatchObject({ match: "all" });
    expect(filter).toMatchObject({ match: "any" });
  });

  test("having one of two products is OR, having none of them is AND", () => {
    expect(asked(one("holding", "any_of", "loan", "card"))?.[0]).toMatchObject({
      match: "any",
      conditions: [{ operator: "has" }, { operator: "has" }],
    });
    expect(asked(one("holding", "none_of", "loan", "card"))).toEqual([
      { field: "holding", operator: "has_not", value: "loan" },
      { field: "holding", operator: "has_not", value: "card" },
    ]);
  });

  test("brackets within brackets stay, as deep as the API goes, and are refused beyond", () => {
    const inner = group(
      "any",
      one("kind", "any_of", "person"),
      group("all", one("own", "yes"), group("any", one("phone", "is_empty"), one("email", "is_empty"))),
    );
    expect(
      Filter.safeParse(toApiFilter(group("any", group("all", one("own", "no"), one("phone", "is_empty")), one("email", "is_empty")), today))
        .success,
    ).toBe(true);
    expect(toApiFilter(group("all", one("own", "no"), inner), today)).toBeNull();
  });

  test("more conditions than the API takes are refused, not cut", () => {
    const many = Array.from({ length: 31 }, () => one("phone", "is_empty"));
    expect(toApiFilter(group("all", ...many), today)).toBeNull();
  });

  test("a number beyond what the API takes is brought to its bound", () => {
    expect(asked(one("birthday", "at_most", "9999"))).toEqual([{ field: "birthday", operator: "within_days", value: 366 }]);
  });
});
