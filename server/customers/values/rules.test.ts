import { expect, test } from "vitest";
import { isValueOf } from "./rules.ts";

test("values are in the form they are kept in", () => {
  expect(isValueOf("born_on", "1971-02-28")).toBe(true);
  expect(isValueOf("full_name", "ليلى")).toBe(true);
  expect(isValueOf("phone", "+34600123456")).toBe(true);
  expect(isValueOf("sex", "female")).toBe(true);
});

test("dates that do not exist, national phone numbers and names of countries are not", () => {
  expect(isValueOf("born_on", "1971-02-30")).toBe(false);
  expect(isValueOf("deceased_on", "01.02.2020")).toBe(false);
  expect(isValueOf("phone", "600 123 456")).toBe(false);
  expect(isValueOf("country", "Spain")).toBe(false);
  expect(isValueOf("email", "ana at example")).toBe(false);
  expect(isValueOf("sex", "f")).toBe(false);
});
