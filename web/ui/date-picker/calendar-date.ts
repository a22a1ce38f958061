import { CalendarDate, createCalendar, GregorianCalendar, parseDate, toCalendar } from "@internationalized/date";
import { toLatinDigits } from "../digits.ts";
import { createFormat } from "../format.ts";
import type { Calendar, Locale } from "../languages.ts";

type Order = "dmy" | "ymd";

const orders: Record<Locale, Order> = { en: "dmy", ar: "dmy", es: "dmy", fa: "ymd", zh: "ymd" };

/**
 * Reads a date typed in the person's calendar, in any digits and with any separator: `21/3/1404`, `۱۴۰۴/۰۳/۲۱`, `2025-03-21`, `٢١ ٩ ١٤٤٦`, `1404年3月21日`; or
 * with the month's name, or enough of it, in the person's language or in English: `31 Dec 2030`. A number of four digits in front is the year. Answers `YYYY-MM-DD` (Gregorian), or null when there is no such day.
 */
export function parseTypedDate(text: string, calendar: Calendar, locale: Locale): string | null {
  const numbers = toLatinDigits(text).match(/\d+/g) ?? [];
  if (numbers.length === 2) return withMonthName(text, numbers, calendar, locale);
  const parts = numbers.length === 1 ? splitRun(numbers[0] ?? "", orders[locale]) : numbers;
  const [first = "", second = "", third = "", ...rest] = parts;
  if (first === "" || second === "" || third === "" || rest.length > 0) return null;
  const yearFirst = first.length === 4 || (third.length < 4 && orders[locale] === "ymd");
  const [year, month, day] = yearFirst ? [first, second, third] : [third, second, first];
  return isoOf(Number(year), Number(month), Number(day), calendar);
}

function withMonthName(text: string, [first = "", second = ""]: readonly string[], calendar: Calendar, locale: Locale): string | null {
  const month = monthOf(text, calendar, locale);
  if (month === null) return null;
  const [year, day] = first.length === 4 ? [first, second] : [second, first];
  return isoOf(Number(year), month, Number(day), calendar);
}

const LETTERS_MIN = 3;

/** The month whose name stands in the text; of names within names the longest. A word may be cut short where only one month begins so. */
function monthOf(text: string, calendar: Calendar, locale: Locale): number | null {
  const words = folded(text);
  const names = monthNames(calendar, locale);
  const [whole] = names.filter(({ name }) => ` ${words} `.includes(` ${name} `)).sort((a, b) => b.name.length - a.name.length);
  if (whole !== undefined) return whole.month;
  const begun = words.split(" ").flatMap((word) => names.filter(({ name }) => word.length >= LETTERS_MIN && name.startsWith(word)));
  const months = new Set(begun.map(({ month }) => month));
  return months.size === 1 ? ([...months][0] ?? null) : null;
}

function monthNames(calendar: Calendar, locale: Locale): { readonly month: number; readonly name: string }[] {
  const year = calendar === "gregory" ? 2024 : 1446;
  return [locale, "en" as const].flatMap((language) => {
    const format = createFormat({ locale: language, calendar, digits: "latin", theme: "system" });
    return Array.from({ length: 12 }, (_, at) => at + 1).flatMap((month) => {
      const day = isoOf(year, month, 15, calendar) ?? "";
      return (["monthName", "monthShort"] as const).map((style) => ({ month, name: folded(format.date(day, style)) }));
    });
  });
}

/** Words in small letters, without marks, digits and signs. */
const folded = (text: string): string =>
  text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}]+/gu, " ")
    .trim();

/** Eight digits without separators. */
function splitRun(run: string, order: Order): string[] {
  if (run.length !== 8) return [];
  return order === "ymd" ? [run.slice(0, 4), run.slice(4, 6), run.slice(6)] : [run.slice(0, 2), run.slice(2, 4), run.slice(4)];
}

function isoOf(year: number, month: number, day: number, calendar: Calendar): string | null {
  if (year < 1000 || year > 9999) return null; // two-digit years are guessed wrong too often to be worth it
  const date = new CalendarDate(createCalendar(calendar), year, month, day);
  // The library moves 30 February to the 28th; a bank must not.
  if (date.year !== year || date.month !== month || date.day !== day) return null;
  return toCalendar(date, new GregorianCalendar()).toString();
}

/** `YYYY-MM-DD` in the person's calendar, for the picker. */
export function toCalendarDate(iso: string, calendar: Calendar): CalendarDate {
  return toCalendar(parseDate(iso), createCalendar(calendar));
}

export function toIso(date: CalendarDate): string {
  return toCalendar(date, new GregorianCalendar()).toString();
}
