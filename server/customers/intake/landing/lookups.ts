import { sql, type Tx, type WorkerConnection } from "../../../platform/db/index.ts";
import type { DeliveredFile, LoadPlan } from "../load-plan.ts";
import type { LookupPlan } from "../mapping/plan.ts";
import { readFile } from "../reading/index.ts";
import { copyRows, createStaged, stagedColumns } from "./staging.ts";

const LOOKUP_BATCH_ROWS = 50_000;

export function lookupTables(lookups: readonly LookupPlan[], loadNo: number, place: number): Record<string, string> {
  return Object.fromEntries(lookups.map((lookup, index) => [lookup.name, `staging.lookup_${loadNo}_${place}_${index}`]));
}

/**
 * Stages the files that a file's lookups look into, and answers with the table of each lookup. They are ordinary tables: both lanes read them,
 * and rows in quarantine need them when they are tried again. What a crash leaves behind is made anew.
 */
export async function fillLookups(
  connection: WorkerConnection,
  plan: LoadPlan,
  file: DeliveredFile,
  loadNo: number,
): Promise<Record<string, string>> {
  const tables = lookupTables(file.plan.lookups, loadNo, file.place);
  for (const lookup of file.plan.lookups) {
    const table = tables[lookup.name] ?? "";
    await connection.inTransaction((tx) => createLookup(tx, table, lookup));
    for (const other of plan.files.filter((candidate) => candidate.plan.fileNo === lookup.fileNo))
      await fillFrom(connection, table, lookup, other);
    await connection.inTransaction((tx) => sql.raw(`analyze ${table}`).execute(tx));
  }
  return tables;
}

async function createLookup(tx: Tx, table: string, lookup: LookupPlan): Promise<void> {
  const values = Array.from({ length: lookup.values }, (_, index) => `, v${index + 1} text`).join("");
  await sql.raw(`drop table if exists ${table}`).execute(tx);
  await sql.raw(`create table ${table} (key text primary key${values})`).execute(tx);
}

async function fillFrom(connection: WorkerConnection, table: string, lookup: LookupPlan, other: DeliveredFile): Promise<void> {
  const { header, format } = other.plan;
  await connection.inTransaction((tx) => createStaged(tx, "staged_lookup", stagedColumns({ header, append: null })));
  const batches = readFile(other.path, format, { columns: header, batchRows: LOOKUP_BATCH_ROWS, expected: other.identity });
  for await (const batch of batches) {
    await connection.inTransaction(async (tx) => {
      await sql`set local synchronous_commit = off`.execute(tx);
      await copyRows(connection, "staged_lookup", batch.copy);
      await sql.raw(`insert into ${table} ${lookup.select("staged_lookup", header)} on conflict do nothing`).execute(tx);
    });
  }
}

/** Drops the lookups of a file that no row in quarantine can need any more. */
export async function dropLookups(tx: Tx, tables: Readonly<Record<string, string>>, loadNo: number, place: number): Promise<void> {
  const { rows } =
    await sql`select from customers.quarantine where load_no = ${loadNo} and file_no = ${place} and state in ('open', 'waiting') limit 1`.execute(
      tx,
    );
  if (rows.length > 0) return;
  for (const table of Object.values(tables)) await sql.raw(`drop table if exists ${table}`).execute(tx);
}

/** All lookups of a load that is taken back. */
export async function dropAllLookups(tx: Tx, loadNo: number): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'staging'::regnamespace and relkind = 'r' and starts_with(relname, ${`lookup_${loadNo}_`})`.execute(
    tx,
  );
  for (const { name } of rows) await sql.raw(`drop table staging.${name}`).execute(tx);
}
