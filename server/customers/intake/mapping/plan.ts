import type { AppendedColumns, CardCells, FileFormat } from "../reading/index.ts";
import type { RecordKind } from "./fields.ts";

/** Why a record could not be read. Closed; every language has a text for each. Reasons of whole rows are in reading/format.ts. */
export const fieldReasons = [
  "missing_value",
  "not_a_number",
  "too_many_decimals",
  "overflow",
  "not_a_date",
  "date_does_not_exist",
  "unknown_code",
  "unknown_currency",
  "unknown_country",
  "unknown_language",
  "not_a_truth_value",
  "too_long",
  "invalid_check",
  "not_computable",
] as const;
export type FieldReason = (typeof fieldReasons)[number];

/**
 * One kind of record a file gives. `select` gives, over a staging table (line_no bigint, c1 … cN, t1 … tM text, none null), the columns named
 * in `columns` in that order: line_no, key, the mapped fields in their types (money in minor units), what was computed, and problem_reason,
 * problem_field, problem_column, problem_class (null when the record is good; a value that could be read is given even then).
 * It never raises, whatever stands in staging. Two records of the same kind per row are two plans.
 */
export interface RecordPlan {
  readonly kind: RecordKind;
  readonly columns: readonly string[];
  /** Field -> the file's column it is read from, for fields that are read from one. */
  readonly fileColumns: ReadonlyMap<string, string>;
  /** `staged` and each of `lookups` (by name of the lookup) are names of tables, checked to be plain identifiers. */
  select(staged: string, lookups: Readonly<Record<string, string>>): string;
}

/** Another file of the delivery that rows are joined with: its table has key (unique) and v1 … vK, all text. */
export interface LookupPlan {
  readonly name: string;
  /** Number of the file in the mapping that is looked into (0 = first). */
  readonly fileNo: number;
  readonly values: number;
  /** Rows of a staging table of that file as key, v1 … vK, one per key: the first line wins. `header` is that file's. */
  select(staged: string, header: readonly string[]): string;
}

/** What is needed to stage and cast one file of a delivery. */
export interface FilePlan {
  readonly fileNo: number;
  readonly format: FileFormat;
  /** Names of the file's columns: c1 … cN in staging. */
  readonly header: readonly string[];
  /** Values the reader computes per row: t1 … tM in staging; null for files that need none. */
  readonly append: AppendedColumns | null;
  readonly cards: CardCells;
  readonly records: readonly RecordPlan[];
  /** In an order in which each only needs earlier ones. */
  readonly lookups: readonly LookupPlan[];
  /** SQL for the row as it came, over a staging table under `alias`: jsonb, column -> text. */
  raw(alias: string): string;
  /** The same with the numbers of documents masked: what is kept beside a record that landed. */
  keptRaw(alias: string): string;
  readonly control: ControlPlan | null;
}

/** Totals the file is announced with. Sums are decimal text of the column's own numbers. */
export interface ControlPlan {
  /** Where the figures stand: in the mapping, in the file's trailer line, or in another file. */
  readonly from: "mapping" | "trailer" | { readonly sidecar: string; readonly line: number };
  /** Reads the announced figures: from the mapping (no argument) or from the line that carries them. Null figures could not be read. */
  announced(line?: string): { readonly rows: number | null; readonly sums: Readonly<Record<string, string | null>> };
  /**
   * One row over a staging table: rows (bigint), and for the columns in `summed` s1, s2 … (numeric) and u1, u2 … (how many of their values are no
   * numbers): add them up over all chunks.
   */
  select(staged: string): string;
  readonly summed: readonly string[];
}
