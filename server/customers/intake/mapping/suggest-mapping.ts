import { stringify } from "yaml";
import { isDateFormat, parseDate } from "../../../platform/calendar/index.ts";
import { asciiDigits } from "../../../platform/text/index.ts";
import type { SniffedFile } from "../reading/index.ts";
import { type ColumnMeaning, columnWord, columnWords, kindSigns, sexWords } from "./column-words.ts";
import { fieldsOf, type RecordKind } from "./fields.ts";

/** A file of a delivery as it was looked at. */
export interface SuggestedFile {
  readonly name: string;
  readonly sniffed: SniffedFile;
}

type Means = ReadonlyMap<ColumnMeaning, { readonly column: string; readonly values: readonly string[] }>;

const order: readonly (RecordKind | null)[] = ["place", "branch", "party", "holding", "holding_role", "transaction", null];

/**
 * A draft of a mapping, as YAML, from the names of columns in five languages and what their first values look like. Best effort: a person looks
 * over it. What it writes is well formed; a required field nobody found is left out and so pointed at by the check.
 */
export function suggestMapping(source: { code: string; name: string }, files: readonly SuggestedFile[]): string {
  const drafts = files.map((file) => ({ file, ...recordOf(file) }));
  const sorted = drafts.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return stringify(
    {
      vinculo: 1,
      name: source.name,
      source,
      ...codesOf(files),
      files: sorted.map(({ file, record }) => ({ ...layoutOf(file), records: record === null ? [] : [record] })),
    },
    { lineWidth: 140 },
  );
}

function layoutOf({ name, sniffed }: SuggestedFile): Record<string, unknown> {
  const { format } = sniffed;
  return {
    file: name,
    ...(format.format === "csv" ? {} : { format: format.format }),
    ...(format.encoding === "utf-8" ? {} : { encoding: format.encoding }),
    ...(format.format === "csv" && format.delimiter !== "," ? { delimiter: format.delimiter === "\t" ? "tab" : format.delimiter } : {}),
    ...(format.format === "csv" && !format.header ? { header: false } : {}),
    ...(format.columns === null ? {} : { columns: format.columns.map((column) => column.name) }),
  };
}

function recordOf(file: SuggestedFile): { kind: RecordKind | null; record: object | null } {
  const means = meaningsOf(file.sniffed);
  const kind = kindSigns.find(({ needs }) => needs.every((any) => any.some((meaning) => means.has(meaning))))?.kind ?? null;
  if (kind === null) {
    return { kind, record: null };
  }
  const fields: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fieldsOf(kind))) {
    const found = means.get(name as ColumnMeaning);
    if (found !== undefined) {
      fields[name] =
        field.type === "date"
          ? dated(found)
          : field.type === "money"
            ? amount(found)
            : name === "sex" && sexCodes(found.values) !== null
              ? { column: found.column, codes: "sex" }
              : found.column;
    }
  }
  return {
    kind,
    record: { kind, ...keyOf(kind, means), fields: { ...fixed(kind, means), ...fields }, ...(kind === "party" ? shorthand(means) : {}) },
  };
}

/** Each column the meaning its name says; a column of addresses or numbers without a telling name is known by its values. */
function meaningsOf({ header, rows }: SniffedFile): Means {
  const means = new Map<ColumnMeaning, { column: string; values: string[] }>();
  header.forEach((column, index) => {
    const values = rows.map((row) => row.cells[index] ?? "").filter((value) => value !== "");
    const word = columnWord(column.split(".").at(-1) ?? column);
    const meaning = (Object.keys(columnWords) as ColumnMeaning[]).find((candidate) => words(candidate).has(word)) ?? byValues(values);
    if (meaning !== null && !means.has(meaning)) {
      means.set(meaning, { column, values });
    }
  });
  return means;
}

const wordSets = new Map<ColumnMeaning, ReadonlySet<string>>();
function words(meaning: ColumnMeaning): ReadonlySet<string> {
  const known = wordSets.get(meaning) ?? new Set(columnWords[meaning].split(" ").map(columnWord));
  wordSets.set(meaning, known);
  return known;
}

function byValues(values: readonly string[]): ColumnMeaning | null {
  const all = (pattern: RegExp) => values.length > 2 && values.every((value) => pattern.test(asciiDigits(value)));
  return all(/^\S+@\S+\.\S+$/) ? "email" : all(/^(\+|00)[\d ()-]{8,20}$/) ? "phone" : null;
}

function keyOf(kind: RecordKind, means: Means): object {
  const own = {
    party: means.get("party") ?? means.get("key"),
    holding: means.get("holding") ?? means.get("number"),
    transaction: means.get("key"),
  }[kind as "party" | "holding" | "transaction"];
  return own === undefined ? {} : { key: own.column };
}

function fixed(kind: RecordKind, means: Means): object {
  const party = means.get("party")?.column;
  const holding = (means.get("holding") ?? means.get("number"))?.column;
  const name = means.get("full_name")?.column;
  const [given, family] = [means.get("given_name")?.column, means.get("family_name")?.column];
  const only = given ?? family;
  const joined =
    given !== undefined && family !== undefined
      ? { full_name: { expression: `join(' ', ${bare(given)}, ${bare(family)})` } }
      : only === undefined
        ? {}
        : { full_name: only };
  switch (kind) {
    case "party":
      return { kind: { value: "person" }, ...(name === undefined ? joined : {}) };
    case "holding":
      return {
        ...(party === undefined ? {} : { owner: party }),
        kind: { value: "current_account" },
        ...(holding === undefined ? {} : { number: holding }),
      };
    case "holding_role":
      return { party, holding };
    case "transaction": {
      const [credit, debit] = [means.get("credit"), means.get("debit")];
      const spread =
        !means.has("amount") && credit !== undefined && debit !== undefined
          ? { amount: { ...amountMarks(credit.values), credit: credit.column, debit: debit.column } }
          : {};
      const balance = means.get("balance");
      return { holding, ...spread, ...(balance === undefined ? {} : { balance_after: amount(balance) }) };
    }
    default:
      return {};
  }
}

/** What no row of the beginning says stays open: it is blank rather than wrong. */
function codesOf(files: readonly SuggestedFile[]): object {
  const lists = files.map(({ sniffed }) => sexCodes(meaningsOf(sniffed).get("sex")?.values ?? []) ?? {});
  const words: Record<string, string> = Object.assign({}, ...lists);
  return Object.keys(words).length === 0 ? {} : { codes: { sex: { ...words, otherwise: "blank" } } };
}

/** A code list for the words a column of sexes uses; null when it uses ours, or none that we know. */
function sexCodes(values: readonly string[]): Record<string, string> | null {
  const known = [...new Set(values.map((value) => value.trim()))].flatMap((word) => {
    const ours = (["female", "male"] as const).find((sex) => sexWords[sex].split(" ").includes(word.toLowerCase()));
    return ours === undefined ? [] : [[word, ours] as const];
  });
  return known.length === 0 || known.every(([word, ours]) => word === ours) ? null : Object.fromEntries(known);
}

function bare(column: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(column) ? column : `[${column}]`;
}

function shorthand(means: Means): object {
  const column = (meaning: ColumnMeaning) => means.get(meaning)?.column;
  const address = { line: column("line"), city: column("city"), postal_code: column("postal_code"), country: column("country") };
  const given = Object.fromEntries(Object.entries(address).filter(([, value]) => value !== undefined));
  return {
    ...(means.has("phone") ? { phones: [column("phone")] } : {}),
    ...(means.has("email") ? { emails: [column("email")] } : {}),
    ...(means.has("line") || means.has("city") ? { addresses: [given] } : {}),
    ...(means.has("national_id") ? { identifiers: [{ scheme: "national_id", number: column("national_id") }] } : {}),
  };
}

const formats = [
  "YYYY-MM-DD",
  "DD/MM/YYYY",
  "DD.MM.YYYY",
  "DD-MM-YYYY",
  "YYYY/MM/DD",
  "MM/DD/YYYY",
  "YYYYMMDD",
  "YYMMDD",
  "YYYY-MM-DD HH:mm:ss",
  "YYYY-MM-DDTHH:mm:ss",
  "DD/MM/YYYY HH:mm",
  "YYMMDD HH:mm:ss",
].filter(isDateFormat);

/** Of the values that say something so many must be days for a pattern to be theirs: a real file has a 31 February among its first rows. */
const DAYS_SHARE_MIN = 0.8;

function dated({ column, values }: { column: string; values: readonly string[] }): unknown {
  const tried = formats.flatMap((format) =>
    (["gregory", "persian", "islamic-umalqura"] as const).map((calendar) => ({
      format,
      calendar,
      days: daysAmong(values, format, calendar),
    })),
  );
  const best = tried.reduce((a, b) => (b.days > a.days ? b : a));
  if (best.days === 0 || best.days < values.length * DAYS_SHARE_MIN) return column;
  const { format, calendar } = best;
  if (format === "YYYY-MM-DD" && calendar === "gregory") return column;
  return { column, format, ...(calendar === "gregory" ? {} : { calendar }) };
}

function daysAmong(values: readonly string[], format: string, calendar: "gregory" | "persian" | "islamic-umalqura"): number {
  if (!format.includes("YYYY") && calendar !== "gregory") return 0;
  const year = (value: string) => Number(parseDate(value, { format, calendar, pivotYear: 1950 })?.date.slice(0, 4) ?? 0);
  // A Jalali 1403 is a Gregorian 1403 too: nobody living was born then.
  return values.filter((value) => year(value) > 1850 && year(value) < 2150).length;
}

function amount({ column, values }: { column: string; values: readonly string[] }): unknown {
  const marks = amountMarks(values);
  return Object.keys(marks).length === 0 ? column : { column, ...marks };
}

function amountMarks(values: readonly string[]): { decimal?: string; group?: string } {
  const last = (pattern: RegExp) => values.some((value) => pattern.test(asciiDigits(value)));
  if (last(/,\d{1,2}$/)) {
    return { decimal: ",", ...(last(/\.\d{3}/) ? { group: "." } : {}) };
  }
  return last(/\d,\d{3}/) ? { group: "," } : {};
}
