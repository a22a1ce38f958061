import { Refusal } from "../../../platform/config/index.ts";
import type { DelimitedFile } from "../../../platform/files/index.ts";
import { asciiDigits } from "../../../platform/text/index.ts";
import type { MatchIdentifier, MatchName, MatchRecord } from "../matching/index.ts";
import type { RecordColumns } from "./record-columns.ts";

type Cell = (row: readonly string[], column: string | readonly string[] | undefined) => string;

/** The rows of a file as records; without a key column their key is the number of the row, from 0. Throws Refusal for a column the file has not. */
export function rowsToRecords(table: DelimitedFile, columns: RecordColumns, source: string): MatchRecord[] {
  const places = new Map(table.header.map((name, place) => [name, place]));
  const cell: Cell = (row, column) => {
    if (column === undefined) return "";
    if (typeof column !== "string")
      return column
        .map((one) => cell(row, one))
        .join(" ")
        .trim();
    const place = places.get(column);
    if (place === undefined) throw new Refusal(`There is no column "${column}"; the file has ${table.header.join(", ")}.`);
    const text = row[place] ?? "";
    return /^(null|nan|none|n\/a|\\n)$/i.test(text) ? "" : text;
  };
  const order = columns.date_order ?? orderOfDates(table, columns, cell);
  return Array.from(table.rows, (row, number) => ({
    source: columns.source === undefined ? source : `${source} ${cell(row, columns.source)}`,
    key: columns.key === undefined ? String(number) : cell(row, columns.key),
    kind: kindOf(columns, (name) => cell(row, name)),
    names: columns.names.map(
      (name): MatchName =>
        "full" in name ? { full: cell(row, name.full) } : { given: cell(row, name.given), family: cell(row, name.family) },
    ),
    birthDate: birthOf(columns, (name) => cell(row, name), order),
    sex: cell(row, columns.sex),
    addresses: columns.addresses.map((address) => ({
      line: cell(row, address.line),
      number: cell(row, address.number),
      postalCode: cell(row, address.postal_code),
      city: cell(row, address.city),
    })),
    phones: columns.phones.map((name) => cell(row, name)),
    emails: columns.emails.map((name) => cell(row, name)),
    identifiers: columns.identifiers.map(
      ({ column, scheme, country, verified }): MatchIdentifier => ({
        scheme,
        ...(country === undefined ? {} : { country }),
        value: cell(row, column),
        verified: typeof verified === "boolean" ? verified : /^(1|true|yes|y|t)$/i.test(cell(row, verified)),
      }),
    ),
    nationality: cell(row, columns.nationality),
    ...(columns.legal_form === undefined ? {} : { legalForm: cell(row, columns.legal_form) }),
  }));
}

function kindOf({ kind }: RecordColumns, cell: (column: string) => string): MatchRecord["kind"] {
  if (typeof kind === "string") return kind;
  return kind.organisation.includes(cell(kind.column)) ? "organisation" : "person";
}

type DateOrder = "ymd" | "dmy" | "mdy";

function birthOf({ birth_date: birth }: RecordColumns, cell: (column: string) => string, order: DateOrder): string {
  if (birth === undefined) return "";
  if (typeof birth === "string") return isoDate(cell(birth), order);
  const part = (column: string | undefined) => (column === undefined ? "00" : cell(column).replace(/\.0$/, "").padStart(2, "0"));
  const year = cell(birth.year).replace(/\.0$/, "");
  return year === "" ? "" : `${year.padStart(4, "0")}-${part(birth.month)}-${part(birth.day)}`;
}

/** "24/06/1971", "1971-06-24 00:00:00", "19710624", "June" left out: YYYY-MM-DD, or "" for what is none of these. */
function isoDate(text: string, order: DateOrder): string {
  const parts = asciiDigits(text).split("T")[0]?.match(/\d+/g) ?? [];
  const [first = "", second = "", third = ""] = parts;
  if (parts.length === 1) {
    if (first.length === 8) return `${first.slice(0, 4)}-${first.slice(4, 6)}-${first.slice(6)}`;
    return first.length === 4 ? `${first}-00-00` : "";
  }
  const two = (part: string) => part.padStart(2, "0");
  if (first.length === 4) return `${first}-${two(second)}-${third === "" ? "00" : two(third)}`;
  if (third.length < 4) return "";
  const [day, month] = order === "mdy" ? [second, first] : [first, second];
  return `${third.slice(0, 4)}-${two(month)}-${two(day)}`;
}

const ROWS_LOOKED_AT = 5_000;

/** Whether the day or the month comes first: a part above 12 is a day. */
function orderOfDates(table: DelimitedFile, { birth_date: birth }: RecordColumns, cell: Cell): DateOrder {
  if (typeof birth !== "string") return "ymd";
  let [firstAbove, secondAbove] = [0, 0];
  for (const row of Iterator.from(table.rows).take(ROWS_LOOKED_AT)) {
    const [first = "", second = ""] = cell(row, birth).match(/\d+/g) ?? [];
    if (first.length > 2) return "ymd";
    if (Number(first) > 12) firstAbove += 1;
    if (Number(second) > 12) secondAbove += 1;
  }
  return secondAbove > firstAbove ? "mdy" : "dmy";
}
