import { expect, test } from "vitest";
import { parseTypedDate, toCalendarDate, toIso } from "./calendar-date.ts";

test.each([
  ["21/3/2025", "gregory", "en", "2025-03-21"],
  ["2025-03-21", "gregory", "en", "2025-03-21"],
  ["21032025", "gregory", "es", "2025-03-21"],
  ["2025年3月21日", "gregory", "zh", "2025-03-21"],
  ["۱۴۰۴/۰۱/۰۱", "persian", "fa", "2025-03-21"],
  ["1/1/1404 AP", "persian", "en", "2025-03-21"],
  ["٢١ ٩ ١٤٤٦", "islamic-umalqura", "ar", "2025-03-21"],
  ["30/12/1403", "persian", "en", "2025-03-20"],
  ["31 Dec 2030", "gregory", "en", "2030-12-31"],
  ["March 21, 2025", "gregory", "zh", "2025-03-21"],
  ["21 de marzo de 2025", "gregory", "es", "2025-03-21"],
  ["2025 sept 1", "gregory", "es", "2025-09-01"],
  ["٢١ مارس ٢٠٢٥", "gregory", "ar", "2025-03-21"],
  ["۱ فروردین ۱۴۰۴", "persian", "fa", "2025-03-21"],
  ["1 Farv 1404", "persian", "en", "2025-03-21"],
  ["٢١ رمضان ١٤٤٦", "islamic-umalqura", "ar", "2025-03-21"],
  ["3 ربيع الآخر 1446", "islamic-umalqura", "ar", "2024-10-06"],
] as const)("%s in the %s calendar, typed in %s, is %s", (typed, calendar, locale, iso) => {
  expect(parseTypedDate(typed, calendar, locale)).toBe(iso);
});

test.each([
  ["30/2/2025", "gregory", "en"],
  ["30/12/1402", "persian", "en"], // 1402 is no leap year
  ["30/9/1446", "islamic-umalqura", "ar"], // this Ramadan had 29 days
  ["32/1/2025", "gregory", "en"],
  ["1/13/2025", "gregory", "en"],
  ["21/3/25", "gregory", "en"],
  ["21/3", "gregory", "en"],
  ["31 Ju 2025", "gregory", "en"],
  ["1 Jum 1446", "islamic-umalqura", "en"], // two months begin so
  ["31 June 2025", "gregory", "en"],
  ["", "gregory", "en"],
] as const)("%s does not exist in the %s calendar", (typed, calendar, locale) => {
  expect(parseTypedDate(typed, calendar, locale)).toBeNull();
});

test("a day goes through each calendar and back unchanged", () => {
  for (const calendar of ["gregory", "persian", "islamic-umalqura"] as const)
    expect(toIso(toCalendarDate("2024-02-29", calendar))).toBe("2024-02-29");
});
