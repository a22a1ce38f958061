import { expect, test } from "vitest";
import {
  type Condition,
  choicesWith,
  countConditions,
  emptyFilter,
  type FilterField,
  type FilterGroup,
  readFilter,
  replaceAt,
} from "./filter.ts";

const fields: FilterField[] = [
  { id: "name", label: "name", type: "text" },
  { id: "balance", label: "balance", type: "money", currency: "EUR" },
];
const name: Condition = { field: "name", op: "contains", values: ["ali"] };
const rich: Condition = { field: "balance", op: "at_least", values: ["5000000"] };
const nested: FilterGroup = { match: "all", of: [name, { match: "any", of: [rich] }] };

test("a condition is added, changed and taken out at its place; a group left empty goes too", () => {
  expect(replaceAt(emptyFilter, [0], name).of).toEqual([name]);
  expect(replaceAt(nested, [1, 1], name).of[1]).toEqual({ match: "any", of: [rich, name] });
  expect(replaceAt(nested, [1, 0], null).of).toEqual([name]);
  expect(countConditions(nested)).toBe(2);
});

test("what was chosen and is there no more is named as that, and can still be taken out", () => {
  const choices = [{ id: "a", label: "Active savers" }];
  expect(choicesWith({ choices, missing: "gone" }, ["a", "b"])).toEqual([
    { value: "b", label: "gone" },
    { value: "a", label: "Active savers" },
  ]);
  expect(choicesWith({}, ["b"])).toEqual([{ value: "b", label: "b" }]);
});

test("what an address says counts only as far as it fits the fields", () => {
  expect(readFilter(nested, fields)).toEqual(nested);
  expect(readFilter({ match: "all", of: [{ field: "salary", op: "contains", values: ["x"] }] }, fields)).toEqual(emptyFilter);
  expect(readFilter({ match: "all", of: [{ field: "name", op: "at_least", values: ["1"] }] }, fields)).toEqual(emptyFilter);
  expect(readFilter({ match: "all", of: [{ field: "balance", op: "between", values: ["1"] }] }, fields)).toEqual(emptyFilter);
  expect(readFilter("nonsense", fields)).toEqual(emptyFilter);
});
