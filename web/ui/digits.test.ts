import { expect, test } from "vitest";
import { currencyDecimals, decimalToMinor, minorToDecimal } from "./currency.ts";
import { inDigits, parseDecimal, toLatinDigits } from "./digits.ts";

test("Arabic-Indic, Persian and full-width digits become 0-9 and letters stay", () => {
  expect(toLatinDigits("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ０９ AB")).toBe("0123456789 0123456789 09 AB");
  expect(inDigits("AC-1040", "arabext")).toBe("AC-۱۰۴۰");
  expect(inDigits("AC-1040", "latn")).toBe("AC-1040");
});

test.each([
  ["1,234.56", "1234.56"],
  ["1.234,56", "1234.56"],
  ["١٬٢٣٤٫٥٦", "1234.56"],
  ["۱٬۲۳۴٬۵۶۷", "1234567"],
  ["1 234", "1234"],
  ["−12.5", "-12.5"],
  ["1,234", "1234"],
  ["0,5", "0.5"],
  ["1,234,567", "1234567"],
])("%s is read as %s", (typed, plain) => {
  expect(parseDecimal(typed)).toBe(plain);
});

test("where the comma is the decimal mark, a single point before three digits groups", () => {
  expect(parseDecimal("1.234", ",")).toBe("1234");
  expect(parseDecimal("1,234", ",")).toBe("1.234");
});

test.each(["", "abc", "1,23,456", "1.2.3,4,5", "12-3", "1e5", "--1"])("%s is no number", (typed) => {
  expect(parseDecimal(typed)).toBeNull();
});

test("minor units follow ISO 4217, not the habits of a locale", () => {
  expect([currencyDecimals("EUR"), currencyDecimals("IRR"), currencyDecimals("IQD"), currencyDecimals("JPY")]).toEqual([2, 2, 3, 0]);
  expect(minorToDecimal("-5", "EUR")).toBe("-0.05");
  expect(minorToDecimal("123456789012345678901", "KWD")).toBe("123456789012345678.901");
  expect(minorToDecimal(7n, "JPY")).toBe("7");
});

test("an amount with more decimals than its currency is refused, not rounded", () => {
  expect(decimalToMinor("12.345", "EUR")).toBeNull();
  expect(decimalToMinor("12.300", "EUR")).toBe("1230");
  expect(decimalToMinor("-0.5", "KWD")).toBe("-500");
});
