import { expect, test } from "vitest";
import { TransactionFilter } from "../../../server/customers/holdings/contract.ts";
import { noChoice, readChoice, toQuery, writeChoice } from "./transaction-filter.ts";

test("what is written into the address is read from it again", () => {
  const choice = { from: "2026-01-01", to: null, direction: "out", category: "groceries", channel: null, text: "market" } as const;
  expect(readChoice(writeChoice(choice))).toEqual(choice);
});

test("nothing chosen leaves the address alone", () => {
  expect(writeChoice(noChoice)).toBeUndefined();
  expect(readChoice(undefined)).toEqual(noChoice);
});

test("nonsense in the address chooses nothing", () => {
  expect(readChoice({ from: "yesterday", to: 5, direction: "up", category: {}, channel: "", text: ["x"] })).toEqual(noChoice);
});

test("a choice asks what the API takes, and blank text asks nothing", () => {
  const id = "0198f3a0-0000-7000-8000-000000000001";
  const query = toQuery({ from: "2026-01-01", to: "2026-01-31", direction: "in", category: "salary", channel: "bank", text: "   " }, id);
  expect(TransactionFilter.parse(query)).toEqual({
    holdingId: id,
    from: "2026-01-01",
    to: "2026-01-31",
    direction: "in",
    category: "salary",
    channel: "bank",
  });
  expect(toQuery(noChoice, null)).toEqual({});
});
