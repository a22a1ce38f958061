import type { CalendarId } from "./contract.ts";

export const DAY_MS = 86_400_000;

/**
 * Month by month, the day (days since 1970-01-01) on which it starts; one entry more than months closes the last one.
 * Months of a year are 12 in both calendars, so month m of year y is entry (y - firstYear) * 12 + m - 1.
 */
interface MonthTable {
  readonly firstYear: number;
  readonly lastYear: number;
  readonly starts: Int32Array;
}

type TabledCalendar = Exclude<CalendarId, "gregory">;

// Where ICU holds announced or published years: outside, Umm al-Qura falls back to arithmetic and Jalali leap years are disputed.
const extents = {
  persian: { firstYear: 1200, lastYear: 1500, firstDay: Date.UTC(1821, 2, 21) / DAY_MS },
  "islamic-umalqura": { firstYear: 1300, lastYear: 1600, firstDay: Date.UTC(1882, 10, 12) / DAY_MS },
} as const satisfies Record<TabledCalendar, { firstYear: number; lastYear: number; firstDay: number }>;

const tables = new Map<TabledCalendar, MonthTable>();

/**
 * The table of a calendar, built from the runtime's Intl on first use (some 10 ms), so that what is converted and what is displayed cannot disagree.
 * Jalali 1200 to 1500, Hijri 1300 to 1600.
 */
export function monthTable(calendar: TabledCalendar): MonthTable {
  let table = tables.get(calendar);
  if (table === undefined) {
    table = build(calendar);
    tables.set(calendar, table);
  }
  return table;
}

function build(calendar: TabledCalendar): MonthTable {
  const { firstYear, lastYear, firstDay } = extents[calendar];
  const dayOfMonth = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, { timeZone: "UTC", day: "numeric" });
  const months = (lastYear - firstYear + 1) * 12;
  const starts = new Int32Array(months + 1);
  let day: number = firstDay;
  for (let index = 0; index <= months; index += 1) {
    if (dayOfMonth.format(day * DAY_MS) !== "1") {
      throw new Error(`the runtime's ${calendar} calendar has no month starting on day ${day}`);
    }
    starts[index] = day;
    day += 29;
    while (dayOfMonth.format(day * DAY_MS) !== "1") {
      day += 1;
    }
  }
  return { firstYear, lastYear, starts };
}
