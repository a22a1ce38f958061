import type { CalendarId } from "./contract.ts";
import { DAY_MS, monthTable } from "./month-table.ts";

export interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/**
 * The Gregorian ISO date (YYYY-MM-DD) of a day in a calendar. Null when the calendar has no such day, or the year is out of bounds:
 * Gregorian 1 to 9999, Jalali 1200 to 1500, Umm al-Qura 1300 to 1600.
 */
export function toIsoDate(calendar: CalendarId, year: number, month: number, day: number): string | null {
  if (!(Number.isInteger(year) && Number.isInteger(month) && Number.isInteger(day)) || month < 1 || month > 12 || day < 1 || day > 31) {
    return null;
  }
  if (calendar === "gregory") {
    return year >= 1 && year <= 9999 && day <= gregorianMonthDays(year, month) ? isoText(year, month, day) : null;
  }
  const { firstYear, lastYear, starts } = monthTable(calendar);
  if (year < firstYear || year > lastYear) {
    return null;
  }
  const index = (year - firstYear) * 12 + month - 1;
  const epochDay = (starts[index] ?? 0) + day - 1;
  return epochDay < (starts[index + 1] ?? 0) ? new Date(epochDay * DAY_MS).toISOString().slice(0, 10) : null;
}

/** The day of a calendar on a Gregorian ISO date. Null when the text is no such date or lies outside the calendar's bounds (see toIsoDate). */
export function fromIsoDate(calendar: CalendarId, iso: string): CalendarDay | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  const year = Number(parts?.[1]);
  const month = Number(parts?.[2]);
  const day = Number(parts?.[3]);
  if (parts === null || toIsoDate("gregory", year, month, day) === null) {
    return null;
  }
  if (calendar === "gregory") {
    return { year, month, day };
  }
  const { firstYear, starts } = monthTable(calendar);
  const epochDay = Date.parse(iso) / DAY_MS;
  const index = lastStartUpTo(starts, epochDay);
  if (index < 0 || index >= starts.length - 1) {
    return null;
  }
  return { year: firstYear + Math.floor(index / 12), month: (index % 12) + 1, day: epochDay - (starts[index] ?? 0) + 1 };
}

function gregorianMonthDays(year: number, month: number): number {
  if (month === 2) {
    return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  }
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isoText(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** The last index whose start is not after the day; -1 when all are. */
function lastStartUpTo(starts: Int32Array, day: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= day) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}
