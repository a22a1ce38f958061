import { DAY_MS, monthTable } from "./month-table.ts";

const POSTGRES_EPOCH_DAY = Date.UTC(2000, 0, 1) / DAY_MS;

/** The constants of db/migrations/0002_calendar.sql, in its words, so that a test can hold the migration against the runtime's calendars. */
export function sqlCalendarData(): string {
  return [
    "-- Jalali: first day of each year 1200 to 1501, in days from 2000-01-01.",
    arrayLiteral(yearStarts("persian")),
    "-- Umm al-Qura: first day of each year 1300 to 1601, in days from 2000-01-01.",
    arrayLiteral(yearStarts("islamic-umalqura")),
    "-- Umm al-Qura: months of 30 days of each year 1300 to 1600, bit 0 for Muharram.",
    arrayLiteral(longMonths()),
    "",
  ].join("\n");
}

function yearStarts(calendar: "persian" | "islamic-umalqura"): number[] {
  const { starts } = monthTable(calendar);
  return Array.from(starts)
    .filter((_, index) => index % 12 === 0)
    .map((day) => day - POSTGRES_EPOCH_DAY);
}

function longMonths(): number[] {
  const { starts } = monthTable("islamic-umalqura");
  const masks: number[] = [];
  for (let index = 0; index < starts.length - 1; index += 1) {
    const days = (starts[index + 1] ?? 0) - (starts[index] ?? 0);
    const year = Math.floor(index / 12);
    masks[year] = (masks[year] ?? 0) | (days === 30 ? 1 << (index % 12) : 0);
  }
  return masks;
}

/** An array literal over several lines; array input ignores line breaks between elements. */
function arrayLiteral(values: readonly number[]): string {
  const lines: string[] = [];
  for (let start = 0; start < values.length; start += 20) {
    lines.push(values.slice(start, start + 20).join(","));
  }
  return `'{${lines.join(",\n")}}'::int[]`;
}
