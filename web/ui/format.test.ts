import { expect, test } from "vitest";
import { createFormat } from "./format.ts";
import type { Preferences } from "./languages.ts";

const format = (part: Partial<Preferences>) =>
  createFormat({ locale: "en", calendar: "gregory", digits: "local", theme: "system", ...part }, "UTC");
const nowMs = Date.parse("2025-06-28T12:00:00Z");
const unmarked = (text: string): string => text.replace(/[\u200e\u200f\u061c]/g, "");

test("money keeps every unit beyond what a number can hold", () => {
  expect(format({}).money("123456789012345678", "EUR")).toBe("1,234,567,890,123,456.78\u00a0EUR");
  expect(format({}).money("-5", "EUR", "plain")).toBe("−0.05");
  expect(format({}).money("5000000", "EUR", "round")).toBe("50,000\u00a0EUR");
  expect(format({}).money("5000050", "EUR", "round")).toBe("50,000.50\u00a0EUR");
});

test("a minor unit that nobody pays with is shown only where there is some of it", () => {
  expect(format({}).money("1040749753000", "IRR", "plain")).toBe("10,407,497,530");
  expect(format({}).money("1040749753001", "IRR", "plain")).toBe("10,407,497,530.01");
  expect(format({}).money("5000", "IQD", "plain")).toBe("5");
  expect(format({}).money("500000", "EUR", "plain")).toBe("5,000.00");
  expect(format({}).money("5000", "JPY", "plain")).toBe("5,000");
});

test("a minus stands before the digits in every script, and nothing but sign and digits is turned", () => {
  expect(format({ locale: "ar" }).money("-123456", "SAR", "plain")).toBe("\u2066−١٬٢٣٤٫٥٦\u2069");
  expect(format({ locale: "fa" }).money("-123456", "IRR")).toMatch(/^\u2066−[۰-۹٬٫]+\u2069\u00a0IRR$/);
  expect(format({ locale: "ar", digits: "latin" }).number(-5)).toBe("\u2066−5\u2069");
  expect(format({ locale: "ar" }).compact(-1_200_000)).toMatch(/^\u2066−١٫٢\u2069\s?مليون$/);
  expect(format({ locale: "ar" }).number(5)).toBe("٥");
});

test("digits follow the language or stay Latin by choice", () => {
  expect(format({ locale: "fa" }).number(12431)).toBe("۱۲٬۴۳۱");
  expect(format({ locale: "ar" }).number(12431)).toBe("١٢٬٤٣١");
  expect(format({ locale: "ar", digits: "latin" }).number(12431)).toBe("12,431");
  expect(format({ locale: "fa" }).code("0123")).toBe("۰۱۲۳");
});

test("a business date is the same day in each calendar and in every time zone", () => {
  expect(format({ calendar: "persian" }).date("2025-03-21")).toBe("1 Farvardin 1404 AP");
  expect(format({ locale: "fa", calendar: "persian" }).date("2025-03-21")).toBe("۱ فروردین ۱۴۰۴");
  expect(unmarked(format({ locale: "ar", calendar: "islamic-umalqura" }).date("2025-03-21"))).toBe("٢١ رمضان ١٤٤٦ هـ");
  expect(
    createFormat({ locale: "en", calendar: "gregory", digits: "local", theme: "light" }, "Pacific/Kiritimati").date("2025-03-21"),
  ).toBe("21 Mar 2025");
});

test("a Persian date begins with the weekday and a month with its name", () => {
  const persian = format({ locale: "fa", calendar: "persian" });
  expect(persian.date("2025-06-28", "long")).toBe("شنبه ۷ تیر ۱۴۰۴");
  expect(persian.date("2025-06-28", "month")).toBe("تیر ۱۴۰۴");
});

test("what is no date is shown as it came", () => {
  expect(format({}).date("2025-13-45")).toBe("2025-13-45");
  expect(format({}).date("soon")).toBe("soon");
});

test("time is told in the first unit it fills", () => {
  expect(format({}).relativeTime("2025-06-28T09:00:00Z", nowMs)).toBe("3 hours ago");
  expect(format({}).relativeTime("2025-06-28T11:59:59.800Z", nowMs)).toBe("now");
  expect(format({ locale: "es" }).relativeTime("2025-06-26T12:00:00Z", nowMs)).toBe("anteayer");
});

test("durations leave seconds out beyond an hour, bytes step by thousands", () => {
  expect(format({}).duration(3_723_000)).toBe("1 hr, 2 mins");
  expect(format({}).duration(125_000)).toBe("2 mins, 5 secs");
  expect(format({}).duration(0, "narrow")).toBe("0s"); // never a bare number
  expect(format({}).bytes(1_540_000)).toBe("1.54 MB");
  expect(format({}).bytes(0)).toBe("0 byte");
});

test("a change says its sign, and every share its minus, before the digits in every script", () => {
  expect(format({}).percentChange(0.17, 0)).toBe("+17%");
  expect(format({}).percentChange(-0.023)).toBe("−2.3%");
  expect(format({}).percent(-0.5)).toBe("−50%");
  expect(unmarked(format({ locale: "ar" }).percentChange(0.17, 0))).toBe("\u2066+١٧\u2069٪");
  expect(unmarked(format({ locale: "fa" }).percent(-0.5))).toBe("\u2066−۵۰\u2069٪");
});
