import { parseDate } from "./parse-date.ts";

const DATES = ["YYYY-MM-DD", "YYYYMMDD", "YYYY/MM/DD", "YYYY.MM.DD", "DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "DD-MM-YYYY", "MM-DD-YYYY"];
const TIMES = ["", " HH:mm:ss", "THH:mm:ss", " HH:mm", "THH:mm"];
const YEARS = { from: 1900, to: 2199 };

/**
 * The Gregorian format (see parseDate) in which every one of some texts names a day between 1900 and 2199; null when none does, or there is no text.
 * Where the day and the month could change places in all of them, the day is taken to come first.
 */
export function findDateFormat(texts: readonly string[]): string | null {
  if (texts.length === 0) return null;
  for (const time of TIMES) {
    for (const date of DATES) {
      const format = `${date}${time}`;
      if (texts.every((text) => isDay(text, format))) return format;
    }
  }
  return null;
}

function isDay(text: string, format: string): boolean {
  const parsed = parseDate(text, { format, calendar: "gregory" });
  const year = Number(parsed?.date.slice(0, 4));
  return year >= YEARS.from && year <= YEARS.to;
}

// Up to the 28th every month has the day: what Date.parse reads is right, and it is ten times as fast.
const plainMoment = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])[ T](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

/** Milliseconds since 1970 of a text in a format; a text names no zone, so its wall time counts as UTC. Not a number when it does not fit. */
export function momentMs(text: string, format: string): number {
  if (format.startsWith("YYYY-MM-DD") && format.endsWith("HH:mm:ss") && plainMoment.test(text) && text[10] === format[10]) {
    return Date.parse(`${text.slice(0, 10)}T${text.slice(11)}Z`);
  }
  const parsed = parseDate(text, { format, calendar: "gregory" });
  return parsed === null ? Number.NaN : Date.parse(`${parsed.date}T${parsed.time ?? "00:00:00"}Z`);
}
