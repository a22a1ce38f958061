import { z } from "zod";
import { calendarIds } from "../../../platform/calendar/contract.ts";

// A mapping is read with YAML's failsafe schema: every scalar is the text that stands in the file, so that the code 01 stays 01.
// The schemas below therefore take text and make numbers and truths of it; the JSON Schema lets an editor see plain numbers and booleans.

const scalarHint = "scalar";
/** Text as written. JSON Schema: any scalar, since 007 and true are text here. */
export const scalar = (max = 1000) => z.string().max(max).meta({ vinculo: scalarHint });
export const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, "is no whole number")
    .transform(Number)
    .pipe(z.int().min(minimum).max(maximum))
    .meta({ vinculo: "integer", minimum, maximum });
export const truth = z
  .enum(["true", "false"])
  .transform((word) => word === "true")
  .meta({ vinculo: "boolean" });

export const ColumnName = z.string().min(1).max(200);
export const ExpressionText = z.string().min(1).max(2000);
export const CalendarName = z
  .enum([...calendarIds, "jalali", "hijri"])
  .transform((name) => (name === "jalali" ? "persian" : name === "hijri" ? "islamic-umalqura" : name));
export const DecimalMark = z.enum([".", ",", "٫"]);
export const GroupMark = z.enum([".", ",", "'", " ", "٬", "none"]);
export const CurrencyCode = z.string().regex(/^[A-Z]{3}$/, "is no ISO 4217 currency code (three capital letters)");
export const CountryCode = z.string().regex(/^[A-Z]{2}$/, "is no ISO 3166 country code (two capital letters)");
export const TimeZone = z
  .string()
  .refine((zone) => zone === "UTC" || Intl.supportedValuesOf("timeZone").includes(zone), "is no known time zone");

/** How dates are written: YYYY YY MM M DD D HH mm ss, everything else literally. */
export const DatePattern = z.string().min(1).max(40);

const Sign = z.strictObject({
  column: ColumnName,
  credit: z.array(scalar(100)).max(50).optional(),
  debit: z.array(scalar(100)).max(50).optional(),
});

const readingOptions = {
  format: DatePattern.optional(),
  calendar: CalendarName.optional(),
  century_from: wholeNumber(1200, 2100).optional(),
  timezone: TimeZone.optional(),
  decimal: DecimalMark.optional(),
  group: GroupMark.optional(),
  unit: z.enum(["major", "minor"]).optional(),
  sign: Sign.optional(),
  codes: z.string().min(1).max(100).optional(),
  default: scalar().optional(),
};

/** The long form of a field's value: exactly one of column, value, expression, or credit with debit; the rest says how to read it. */
export const LongValue = z.strictObject({
  column: ColumnName.optional(),
  value: scalar().optional(),
  expression: ExpressionText.optional(),
  credit: ColumnName.optional(),
  debit: ColumnName.optional(),
  ...readingOptions,
});
export type LongValue = z.infer<typeof LongValue>;

/** Where a field's value comes from: a column by its name, or the long form. */
export const FieldValue = z.union([ColumnName, LongValue]);
export type FieldValue = z.infer<typeof FieldValue>;
