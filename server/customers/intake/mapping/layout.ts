import type { CalendarId } from "../../../platform/calendar/index.ts";
import type { FileFormat } from "../reading/index.ts";
import type { MappedFile, Mapping } from "./mapping.ts";

/** How values of a file are written, unless a field says otherwise. */
export interface Reading {
  readonly decimal: string;
  readonly group: string;
  readonly calendar: CalendarId;
  readonly dateFormat: string;
  readonly centuryFrom: number | null;
  readonly timezone: string;
  readonly currency: string | null;
  readonly country: string | null;
  readonly changedAt: string | null;
  readonly blanks: readonly string[];
}

/** Where two-digit years begin when nothing is said: the century that holds the working lives of today. */
const centuries: Record<CalendarId, number> = { gregory: 1950, persian: 1350, "islamic-umalqura": 1370 };

export function centuryOf(calendar: CalendarId, given: number | null | undefined): number {
  return given ?? centuries[calendar];
}

export function readingOf(mapping: Mapping, file: MappedFile): Reading {
  const { defaults = {} } = mapping;
  const group = file.group ?? defaults.group ?? "none";
  return {
    decimal: file.decimal ?? defaults.decimal ?? ".",
    group: group === "none" ? "" : group,
    calendar: file.calendar ?? defaults.calendar ?? "gregory",
    dateFormat: file.date_format ?? defaults.date_format ?? "YYYY-MM-DD",
    centuryFrom: file.century_from ?? defaults.century_from ?? null,
    timezone: file.timezone ?? defaults.timezone ?? "UTC",
    currency: file.currency ?? defaults.currency ?? null,
    country: file.country ?? defaults.country ?? null,
    changedAt: file.changed_at ?? defaults.changed_at ?? null,
    blanks: [...new Set([...(defaults.blanks ?? []), ...(file.blanks ?? [])])].filter((blank) => blank !== ""),
  };
}

/** How a file is to be read. `columns` are null where the header names them. */
export function formatOf(mapping: Mapping, file: MappedFile): FileFormat {
  const { defaults = {} } = mapping;
  const delimiter = file.delimiter ?? defaults.delimiter ?? ",";
  const quote = file.quote ?? defaults.quote ?? '"';
  const format = file.format ?? defaults.format ?? "csv";
  const header = file.header ?? defaults.header ?? true;
  return {
    format,
    encoding: file.encoding ?? defaults.encoding ?? "utf-8",
    delimiter: delimiter === "tab" || delimiter === "\\t" ? "\t" : delimiter,
    quote: quote === "none" || quote === "" ? null : quote,
    header,
    skipLines: file.skip_lines ?? defaults.skip_lines ?? 0,
    positions: file.positions ?? "characters",
    columns: file.columns === undefined || (format === "csv" && header) ? null : file.columns.map(columnOf),
    trailer: file.control?.trailer ?? null,
    entry: file.entry ?? null,
  };
}

function columnOf(column: NonNullable<MappedFile["columns"]>[number]) {
  if (typeof column === "string") {
    return { name: column };
  }
  const { name, start, length, path } = column;
  return {
    name,
    ...(start === undefined ? {} : { start }),
    ...(length === undefined ? {} : { length }),
    ...(path === undefined ? {} : { path }),
  };
}

/** The name by which lookups know a file: `as`, or its name up to the first dot or wildcard. */
export function nameOf(file: MappedFile): string {
  return file.as ?? (/^[A-Za-z0-9_-]*/.exec(file.file)?.[0] ?? "").replaceAll("-", "_");
}
