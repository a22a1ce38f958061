import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { sql, type Tx, type WorkerConnection } from "../../../platform/db/index.ts";
import { identityWorkTables } from "../../identity/index.ts";
import { kindsOf } from "../load-plan.ts";
import type { RecordKind } from "../mapping/fields.ts";
import type { FilePlan } from "../mapping/plan.ts";
import type { BadRow } from "../reading/index.ts";
import { settleBlinds } from "./seal-numbers.ts";
import { createWorkTables } from "./work-tables.ts";

/** Columns of a staging table behind line_no: the file's, then what was computed per row. */
export function stagedColumns(plan: Pick<FilePlan, "header" | "append">): string[] {
  const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
  return [...numbered("c", plan.header.length), ...numbered("t", plan.append?.count ?? 0)];
}

/** Makes the tables of one file in this session; `staged` has as many columns as the file. */
export async function prepareStaging(tx: Tx, plan: FilePlan): Promise<void> {
  await createStaged(tx, "staged", stagedColumns(plan));
  const kinds = new Set([...kindsOf(plan), "party", "identifier"] as RecordKind[]);
  const statements = [...[...kinds].map(createWorkTables), identityWorkTables].join("").split(";");
  for (const statement of statements) if (statement.trim() !== "") await sql.raw(statement).execute(tx);
}

export async function createStaged(tx: Tx, name: string, columns: readonly string[]): Promise<void> {
  await sql.raw(`drop table if exists pg_temp.${name}`).execute(tx);
  await sql
    .raw(`create temp table ${name} (line_no bigint, ${columns.map((column) => `${column} text`).join(", ")}) on commit delete rows`)
    .execute(tx);
}

/** Rows in COPY text form into a staging table. */
export async function copyRows(connection: WorkerConnection, name: string, copy: readonly Buffer[]): Promise<void> {
  await pipeline(Readable.from(copy), connection.copyFrom(`copy ${name} from stdin`));
}

/** Every record of the staged rows into cast_<kind>. */
export async function castStaged(tx: Tx, plan: Pick<FilePlan, "records">, lookups: Readonly<Record<string, string>>): Promise<void> {
  for (const record of plan.records) {
    await sql.raw(`insert into cast_${record.kind} (${record.columns.join(", ")}) ${record.select("staged", lookups)}`).execute(tx);
  }
  if (plan.records.some(({ kind }) => kind === "identifier")) await settleBlinds(tx);
}

/** Rows that could not be cut into columns. They belong to no kind; their line is all there is. */
export async function quarantineBadRows(tx: Tx, loadNo: number, fileNo: number, bad: readonly BadRow[]): Promise<void> {
  if (bad.length === 0) return;
  await sql`
    insert into customers.quarantine (load_no, file_no, line_no, kind, reason, raw)
    select ${loadNo}, ${fileNo}, b.line, 'row', b.reason, jsonb_build_object('line', b.raw)
    from jsonb_to_recordset(${JSON.stringify(bad)}::jsonb) as b (line bigint, reason text, raw text)`.execute(tx);
}

/**
 * Rows and sums of the columns that the mapping's control names, as decimal text. Rows that could not be cut (`uncut`) are rows of the file too;
 * what they would add to a sum nobody knows.
 */
export async function sumControls(tx: Tx, plan: FilePlan, uncut: number): Promise<Record<string, string>> {
  if (plan.control === null) return {};
  const { rows } = await sql<Record<string, unknown>>`select * from (${sql.raw(plan.control.select("staged"))}) x`.execute(tx);
  const sums = Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, String(value ?? 0)]));
  return { ...sums, rows: String(Number(sums.rows) + uncut), uncut: String(uncut) };
}

/** Empties the work tables between two batches of one transaction; a commit does the same. */
export async function clearWorkTables(tx: Tx, plan: FilePlan): Promise<void> {
  const kinds = [...new Set([...kindsOf(plan), "party", "identifier"])];
  const tables = ["staged", "shared_key", "cluster", "join_move", ...kinds.flatMap((kind) => [`cast_${kind}`, `landing_${kind}`])];
  await sql.raw(`truncate ${tables.map((name) => `pg_temp.${name}`).join(", ")}`).execute(tx);
}
