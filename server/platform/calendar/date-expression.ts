import type { CalendarId } from "./contract.ts";
import { requireFormat } from "./date-format.ts";
import type { DateReading } from "./parse-date.ts";

export interface DateExpression {
  /** boolean: the text is absent or blank, or names a day. */
  readonly valid: string;
  /** date: null when absent, blank or no such day. */
  readonly value: string;
  /** timestamp without time zone: the local wall time; midnight when the format has no time. */
  readonly moment: string;
}

/** What a short way asks, and what it then answers. */
interface ShortWay {
  readonly conditions: readonly string[];
  readonly value: string;
}

/** Numbers as SQL, from which the value is made. */
type Numbers = Record<"y" | "m" | "d" | "h" | "i" | "s", string>;

/**
 * SQL that reads a text column as dates, made for one format and calendar so that the usual shapes cost about a microsecond a row; everything else (local digits,
 * blanks, 29 February, far-off years) takes the careful way, platform.moment_parse. It never raises, and reads what parseDate reads.
 * `columnSql` is evaluated many times: give a plain column reference, already quoted. Ask for `valid` only where `value` is null. Throws on a format that is none.
 */
export function dateExpression(columnSql: string, reading: DateReading): DateExpression {
  const { layout, hasTime } = requireFormat(reading.format, reading.pivotYear);
  const pattern = layout.replace(/[a-z]+|[^a-zT ]/g, (part) => (/[a-z]/.test(part) ? `[0-9]{${part.length}}` : `[${part}]`));
  const careful = `platform.moment_parse(${columnSql}, '^${pattern}$', '${layout}', '${reading.calendar}', ${reading.pivotYear ?? "null"})`;
  const ways = [fixedWay(columnSql, layout, reading), separatedWay(columnSql, layout, reading)].filter((way) => way !== null);
  const short = ways.map((way) => `when ${way.conditions.join(" and ")} then ${way.value}`).join(" ");
  const found = `case when ${columnSql} is null then null ${short} else ${careful}`;
  const value = hasTime ? `(${found} end)::date` : `${found}::date end`;
  return {
    valid: `coalesce(btrim(${columnSql}, E' \\t\\r\\n') = '' or (${value}) is not null, true)`,
    value: `(${value})`,
    moment: `(${hasTime ? `${found} end` : `(${value})::timestamp`})`,
  };
}

/** The years that the short way knows; others are looked at carefully. */
const years: Record<CalendarId, [first: number, last: number]> = {
  gregory: [1900, 2100],
  persian: [1200, 1500],
  "islamic-umalqura": [1300, 1600],
};

/** Text of full width: its parts, with the separators around them, are each one of the texts they may be, and together they are the whole. */
function fixedWay(column: string, layout: string, reading: DateReading): ShortWay | null {
  const parts =
    /^(?:(?<yearFirst>y+\W?)(?<monthDay>(?:mm\W?dd)|(?:dd\W?mm))|(?<dayMonth>(?:dd\W?mm)|(?:mm\W?dd))(?<yearLast>\W?y+))(?<time>.*)$/.exec(
      layout,
    )?.groups;
  if (parts === undefined) {
    return null;
  }
  const year = parts.yearFirst ?? parts.yearLast ?? "";
  const monthDay = parts.monthDay ?? parts.dayMonth ?? "";
  const separator = year.replace(/y/g, "");
  const [before, after] = parts.yearFirst === undefined ? [separator, ""] : ["", separator];
  const slice = (part: string): string => `substr(${column}, ${layout.indexOf(part) + 1}, ${part.length})`;
  const conditions = [
    `octet_length(${column}) = ${layout.length}`,
    `${slice(year)} = any (${yearTexts(layout, reading.calendar, before, after)})`,
    `${slice(monthDay)} = any (platform.month_days('${reading.calendar}', ${monthDay.startsWith("d")}, '${monthDay.replace(/[md]/g, "")}'))`,
  ];
  const time = parts.time ?? "";
  for (const [part, last] of [
    [/.hh:/, 23],
    [/ii/, 59],
    [/:ss/, 59],
  ] as const) {
    const text = part.exec(time)?.[0];
    if (text !== undefined) {
      conditions.push(
        `${slice(text)} = any (platform.numerals(0, ${last}, 2, '${/^\W|^T/.exec(text)?.[0] ?? ""}', '${text.endsWith(":") ? ":" : ""}'))`,
      );
    }
  }
  const number = (letter: string, width: number): string =>
    layout.includes(letter) ? `${`substr(${column}, ${layout.indexOf(letter) + 1}, ${width})`}::int` : "0";
  const numbers = {
    y: number("y", layout.includes("yyyy") ? 4 : 2),
    m: number("m", 2),
    d: number("d", 2),
    h: number("h", 2),
    i: number("i", 2),
    s: number("s", 2),
  };
  return { conditions, value: dateSql(numbers, layout, reading) };
}

/** Text without leading zeros, as 5.3.2024: its parts between separators; days up to the 28th, which every month has. */
function separatedWay(column: string, layout: string, reading: DateReading): ShortWay | null {
  const separators = layout.replace(/[ymd]/g, "");
  const separator = separators.charAt(0);
  if (separators !== separator + separator) {
    return null;
  }
  const order = layout.replace(/(.)\1+/g, "$1").split(separator);
  const part = (letter: string): string => `split_part(${column}, '${separator}', ${order.indexOf(letter) + 1})`;
  const oneOrTwoDigits = (last: number): string => `(platform.numerals(1, 9, 1, '', '') || platform.numerals(1, ${last}, 2, '', ''))`;
  const conditions = [
    `octet_length(${column}) < ${layout.length}`,
    `${column} not like '%${separator}%${separator}%${separator}%'`,
    `${part("d")} = any ${oneOrTwoDigits(28)}`,
    `${part("m")} = any ${oneOrTwoDigits(12)}`,
    `${part("y")} = any (${yearTexts(layout, reading.calendar, "", "")})`,
  ];
  const numbers = { y: `${part("y")}::int`, m: `${part("m")}::int`, d: `${part("d")}::int`, h: "0", i: "0", s: "0" };
  return { conditions, value: dateSql(numbers, layout, reading) };
}

function yearTexts(layout: string, calendar: CalendarId, before: string, after: string): string {
  const [first, last] = layout.includes("yyyy") ? years[calendar] : [0, 99];
  return `platform.numerals(${first}, ${last}, ${layout.includes("yyyy") ? 4 : 2}, '${before}', '${after}')`;
}

function dateSql(numbers: Numbers, layout: string, { calendar, pivotYear = 0 }: DateReading): string {
  const year = layout.includes("yyyy") ? numbers.y : `(${pivotYear} + ((${numbers.y} - ${pivotYear}) % 100 + 100) % 100)`;
  const ymd = `${year}, ${numbers.m}, ${numbers.d}`;
  const hms = `${numbers.h}, ${numbers.i}, ${numbers.s}`;
  if (calendar === "gregory") {
    return layout.includes("h") ? `make_timestamp(${ymd}, ${hms})` : `make_date(${ymd})`;
  }
  const date = `platform.date_in('${calendar}', ${ymd})`;
  return layout.includes("h") ? `${date} + make_time(${hms})` : date;
}
