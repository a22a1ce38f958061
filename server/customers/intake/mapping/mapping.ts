import { z } from "zod";
import { derivedKeys, type Field, kindsWithDetails, type RecordKind, recordFields, recordKinds } from "./fields.ts";
import {
  CalendarName,
  ColumnName,
  CountryCode,
  CurrencyCode,
  DatePattern,
  DecimalMark,
  ExpressionText,
  FieldValue,
  GroupMark,
  scalar,
  TimeZone,
  truth,
  wholeNumber,
} from "./value.ts";

/** Bounds of a mapping; a bigger bank splits its delivery. */
export const MappingLimits = {
  filesMax: 100,
  recordsPerFileMax: 50,
  columnsMax: 1000,
  codesMax: 20_000,
  lookupsMax: 10,
  detailsMax: 60,
  bytesMax: 2_000_000,
} as const;

export const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1256", "gb18030", "latin1"] as const;
export const Encoding = z.enum(encodings);
export type Encoding = z.infer<typeof Encoding>;

const Word = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,59}$/, "must be a word of letters, digits and _ that begins with a letter");

// ---- what files look like; said once under `defaults`, or per file

const layout = {
  encoding: Encoding.optional(),
  format: z.enum(["csv", "fixed", "jsonl"]).optional(),
  delimiter: z.string().min(1).max(3).optional(), // one character; "tab" too
  quote: z.string().min(1).max(4).optional(), // one character, or "none"
  header: truth.optional(),
  skip_lines: wholeNumber(0, 1000).optional(),
  blanks: z.array(scalar(50)).max(20).optional(),
  decimal: DecimalMark.optional(),
  group: GroupMark.optional(),
  calendar: CalendarName.optional(),
  date_format: DatePattern.optional(),
  century_from: wholeNumber(1200, 2100).optional(),
  timezone: TimeZone.optional(),
  currency: CurrencyCode.optional(),
  country: CountryCode.optional(),
  changed_at: z.iso.date().optional(),
};
const Defaults = z.strictObject(layout);
export type Layout = z.infer<typeof Defaults>;

const Column = z.union([
  ColumnName,
  z.strictObject({
    name: ColumnName,
    start: wholeNumber(1, 1_000_000).optional(), // fixed: first position, counted from 1
    length: wholeNumber(1, 100_000).optional(), // fixed
    path: z.string().min(1).max(300).optional(), // jsonl: where the value stands, a.b.0.c
  }),
]);

const Control = z.strictObject({
  rows: wholeNumber(0, 1e15).optional(), // the number itself; with trailer or sidecar: the place in that line, counted from 1
  sums: z.record(ColumnName, scalar(60)).optional(), // column -> sum, or its place
  trailer: z.string().min(1).max(50).optional(), // the last line begins with this and is no data
  sidecar: z.string().min(1).max(200).optional(), // name or glob of a file beside it
  line: wholeNumber(1, 1000).optional(), // of the sidecar
});

const Lookup = z.strictObject({
  file: Word, // the `as` name of a file of this delivery
  key: ColumnName, // its column
  equals: ColumnName, // a column here (or of an earlier lookup: name.column)
  where: ExpressionText.optional(), // over its columns
});

// ---- records

function fieldSchema(field: Field, kind: RecordKind) {
  const mayStayOut = field.required !== true || field.type === "currency" || (kind === "contact_point" && field.type === "text");
  return mayStayOut ? FieldValue.optional() : FieldValue;
}

function recordSchema(kind: RecordKind) {
  const fields: Record<string, z.ZodType> = {};
  for (const [name, field] of Object.entries<Field>(recordFields[kind])) {
    fields[name] = fieldSchema(field, kind);
  }
  return z.strictObject({
    kind: z.literal(kind),
    key: kind in derivedKeys ? FieldValue.optional() : FieldValue,
    when: ExpressionText.optional(),
    fields: z.strictObject(fields) as unknown as z.ZodType<Record<string, FieldValue>>,
    ...((kindsWithDetails as readonly string[]).includes(kind) ? { details: z.record(Word, FieldValue).optional() } : {}),
    ...(kind === "party" ? partyShorthand : {}),
    ...(kind === "identifier" ? { check: truth.optional() } : {}),
  });
}

const purpose = z.string().min(1).max(50).optional();
const partyShorthand = {
  phones: z
    .array(z.union([ColumnName, z.strictObject({ number: FieldValue, purpose, country: FieldValue.optional() })]))
    .max(20)
    .optional(),
  emails: z
    .array(z.union([ColumnName, z.strictObject({ address: FieldValue, purpose })]))
    .max(20)
    .optional(),
  addresses: z
    .array(
      z.strictObject({
        purpose,
        value: FieldValue.optional(),
        line: FieldValue.optional(),
        city: FieldValue.optional(),
        postal_code: FieldValue.optional(),
        country: FieldValue.optional(),
      }),
    )
    .max(20)
    .optional(),
  identifiers: z
    .array(
      z.strictObject({
        scheme: z.enum(recordFields.identifier.scheme.of),
        number: FieldValue,
        country: FieldValue.optional(),
        verified: FieldValue.optional(),
        expires_on: FieldValue.optional(),
        check: truth.optional(),
      }),
    )
    .max(20)
    .optional(),
};
const PartyShorthand = z.object(partyShorthand);

/** One record a file row gives. `fields` holds only the fields of its kind (fields.ts). */
export interface MappedRecord extends Partial<z.infer<typeof PartyShorthand>> {
  kind: RecordKind;
  key?: FieldValue | undefined;
  when?: string | undefined;
  fields: Record<string, FieldValue>;
  details?: Record<string, FieldValue> | undefined;
  check?: boolean | undefined;
}

const [firstKind, ...otherKinds] = recordKinds.map(recordSchema) as [ReturnType<typeof recordSchema>, ...ReturnType<typeof recordSchema>[]];
const MappedRecordSchema = z.discriminatedUnion("kind", [firstKind, ...otherKinds]) as unknown as z.ZodType<MappedRecord>;

const MappedFile = z.strictObject({
  file: z.string().min(1).max(200),
  as: Word.optional(),
  may_be_missing: truth.optional(),
  entry: z.string().min(1).max(200).optional(), // zip: which entry, name or glob
  ...layout,
  columns: z.array(Column).min(1).max(MappingLimits.columnsMax).optional(),
  optional_columns: z.array(ColumnName).max(MappingLimits.columnsMax).optional(),
  positions: z.enum(["characters", "bytes"]).optional(), // fixed
  control: Control.optional(),
  lookups: z.record(Word, Lookup).optional(),
  records: z.array(MappedRecordSchema).max(MappingLimits.recordsPerFileMax),
});
export type MappedFile = z.infer<typeof MappedFile>;

/** The whole document, as docs/api/mapping.md describes it. */
export const Mapping = z.strictObject({
  vinculo: z.literal("1"),
  name: z.string().min(1).max(200),
  description: z.string().max(4000).optional(),
  source: z.strictObject({
    code: Word,
    name: z.string().min(1).max(200),
    trust: wholeNumber(0, 100).optional(),
    trust_for: z.record(Word, wholeNumber(0, 100)).optional(),
  }),
  defaults: Defaults.optional(),
  codes: z.record(Word, z.record(scalar(200), scalar(200))).optional(),
  files: z.array(MappedFile).min(1).max(MappingLimits.filesMax),
});
export type Mapping = z.infer<typeof Mapping>;
