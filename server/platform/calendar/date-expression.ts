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

/**
 * SQL that reads a text column as dates, made for one format and calendar so that the common shape costs about a microsecond a row; everything else
 * (local digits, blanks, missing zeros, the end of a month) takes the careful way, platform.moment_parse. It never raises.
 * `columnSql` is evaluated many times: give a plain column reference, already quoted. Throws on a format that is none.
 */
export function dateExpression(columnSql: string, reading: DateReading): DateExpression {
  const { layout, hasTime } = requireFormat(reading.format, reading.pivotYear);
  const column = { sql: columnSql, layout };
  const plain = plainSql(column, reading, hasTime);
  const pattern = layout.replace(/[a-z]+|[^a-zT ]/g, (part) => (/[a-z]/.test(part) ? `[0-9]{${part.length}}` : `[${part}]`));
  const careful = `platform.moment_parse(${columnSql}, '^${pattern}$', '${layout}', '${reading.calendar}', ${reading.pivotYear ?? "null"})`;
  const shape = `${columnSql} like '${layout.replace(/[a-z]/g, "_")}' and ${columnSql} ~ '^${pattern.replace(/\{\d\}/g, "+")}$'`;
  const found = `case when ${[shape, ...plain.conditions].join(" and ")} then ${plain.value} when ${columnSql} is null then null else ${careful}`;
  const value = hasTime ? `(${found} end)::date` : `${found}::date end`;
  const blank = `coalesce(btrim(${columnSql}, E' \\t\\r\\n') = '', true)`;
  return {
    valid: `case when (${value}) is not null then true else ${blank} end`,
    value: `(${value})`,
    moment: `(${hasTime ? `${found} end` : `(${value})::timestamp`})`,
  };
}

/** What the short way asks beyond the shape, and what it answers: days up to the 28th exist in every Gregorian month. */
function plainSql(
  column: { sql: string; layout: string },
  reading: DateReading,
  hasTime: boolean,
): { conditions: string[]; value: string } {
  const number = (letter: string): string => {
    const width = column.layout.lastIndexOf(letter) - column.layout.indexOf(letter) + 1;
    return width > 0 && column.layout.includes(letter) ? `substr(${column.sql}, ${column.layout.indexOf(letter) + 1}, ${width})::int` : "0";
  };
  const pivot = reading.pivotYear ?? 0;
  const year = column.layout.includes("yyyy") ? number("y") : `(${pivot} + ((${number("y")} - ${pivot}) % 100 + 100) % 100)`;
  const [month, day, hour, minute, second] = ["m", "d", "h", "i", "s"].map(number);
  const time = hasTime ? [`${hour} <= 23`, `${minute} <= 59`, `${second} <= 59`] : [];
  if (reading.calendar === "gregory") {
    return {
      conditions: [`${month} between 1 and 12`, `${day} between 1 and 28`, `${year} between 1 and 9999`, ...time],
      value: hasTime ? `make_timestamp(${year}, ${month}, ${day}, ${hour}, ${minute}, ${second})` : `make_date(${year}, ${month}, ${day})`,
    };
  }
  const date = `platform.date_in('${reading.calendar}', ${year}, ${month}, ${day})`;
  return { conditions: time, value: hasTime ? `${date} + make_time(${hour}, ${minute}, ${second})` : date };
}
