import { asciiDigits } from "../text/index.ts";
import type { CalendarId } from "./contract.ts";
import { requireFormat } from "./date-format.ts";
import { toIsoDate } from "./iso-date.ts";

export interface DateReading {
  /** See readFormat: `YYYY-MM-DD`, `DD/MM/YYYY`, `YYMMDD`, `D.M.YYYY HH:mm:ss` … */
  readonly format: string;
  readonly calendar: CalendarId;
  /** A two-digit year is the one from pivotYear to pivotYear + 99, in years of the calendar. Required with YY. */
  readonly pivotYear?: number;
}

export interface ParsedDate {
  /** Gregorian, YYYY-MM-DD. */
  readonly date: string;
  /** HH:mm:ss with up to six digits of fraction; null when the format has no time. Local wall time: the text names no zone. */
  readonly time: string | null;
}

/**
 * Reads one date text with any digits (ASCII, Arabic-Indic, Persian, full-width). Null when it does not fit the format or names no day of the calendar.
 * The same rules as platform.moment_parse in the database. Throws on a format that is none.
 */
export function parseDate(text: string, reading: DateReading): ParsedDate | null {
  const { layout, hasTime } = requireFormat(reading.format, reading.pivotYear);
  const groups = textPattern(layout).exec(asciiDigits(text).replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ""))?.groups;
  if (groups === undefined) {
    return null;
  }
  const { y = "", m, d, h = "", i = "", s = "0", f = "" } = groups;
  const year = layout.includes("yyyy") ? Number(y) : fullYear(Number(y), reading.pivotYear ?? 0);
  const date = toIsoDate(reading.calendar, year, Number(m), Number(d));
  if (date === null || Number(h) > 23 || Number(i) > 59 || Number(s) > 59) {
    return null;
  }
  const fraction = f.slice(0, 6).replace(/0+$/, "");
  const time = `${h.padStart(2, "0")}:${i.padStart(2, "0")}:${s.padStart(2, "0")}${fraction === "" ? "" : `.${fraction}`}`;
  return { date, time: hasTime ? time : null };
}

function fullYear(twoDigits: number, pivotYear: number): number {
  return pivotYear + ((((twoDigits - pivotYear) % 100) + 100) % 100);
}

/** A pattern with one named group per field. A leading zero may be missing where a separator, not another field or a `T`, stands on both sides. */
function textPattern(layout: string): RegExp {
  const source = layout.replace(/([ymdhis])\1*|\W|T/g, (part, letter: string | undefined, at: number) => {
    if (letter === undefined) {
      return part === "T" || part === " " ? part : `\\${part}`;
    }
    const touches = /[a-zT]/.test(`${layout[at - 1] ?? ""}${layout[at + part.length] ?? ""}`);
    const field = part.length === 2 && !touches ? `(?<${letter}>[0-9]{1,2})` : `(?<${letter}>[0-9]{${part.length}})`;
    return letter === "s" ? `${field}(?:[.,](?<f>[0-9]{1,9}))?` : field;
  });
  return new RegExp(`^${source}$`);
}
