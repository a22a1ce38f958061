import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { Refusal } from "../../../platform/config/index.ts";

const column = z.string().min(1);
/** One column, or several whose texts are put together. */
const columnOrColumns = z.union([column, z.array(column).min(1).max(6)]);

const RecordColumns = z.strictObject({
  key: column.optional(),
  source: column.optional(),
  kind: z
    .union([z.enum(["person", "organisation"]), z.strictObject({ column, organisation: z.array(z.string()).min(1) })])
    .default("person"),
  names: z
    .array(
      z.union([
        z.strictObject({ full: columnOrColumns }),
        z.strictObject({ given: columnOrColumns.optional(), family: columnOrColumns.optional() }),
      ]),
    )
    .max(4)
    .default([]),
  birth_date: z.union([column, z.strictObject({ year: column, month: column.optional(), day: column.optional() })]).optional(),
  date_order: z.enum(["ymd", "dmy", "mdy"]).optional(),
  sex: column.optional(),
  addresses: z
    .array(
      z.strictObject({
        line: columnOrColumns.optional(),
        number: column.optional(),
        postal_code: column.optional(),
        city: columnOrColumns.optional(),
      }),
    )
    .max(3)
    .default([]),
  phones: z.array(column).max(4).default([]),
  emails: z.array(column).max(4).default([]),
  identifiers: z
    .array(
      z.strictObject({
        column,
        scheme: z.string().default("other"),
        country: z.string().optional(),
        verified: z.union([z.boolean(), column]).default(false),
      }),
    )
    .max(4)
    .default([]),
  nationality: column.optional(),
  legal_form: column.optional(),
});
export type RecordColumns = z.infer<typeof RecordColumns>;

const ColumnsFile = RecordColumns.extend({
  /** Where the second file names its columns differently: everything about it. */
  against: RecordColumns.optional(),
});
type ColumnsFile = z.infer<typeof ColumnsFile>;

/** Reads which column of a file is which. Throws Refusal naming every mistake. */
export function readColumnsFile(path: string): ColumnsFile {
  const given = readYaml(path);
  const parsed = ColumnsFile.safeParse(given);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map((issue) => `\n  ${issue.path.join(".")}: ${issue.message}`).join("");
  throw new Refusal(`${path} does not say which column is which:${mistakes}`);
}

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, "utf8")) as unknown;
  } catch (error) {
    throw new Refusal(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
