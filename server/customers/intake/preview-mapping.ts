import { randomInt } from "node:crypto";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, sql, type Tx, type WorkerConnection, withWorkerConnection } from "../../platform/db/index.ts";
import type { MappingPreview as Preview } from "./contract.ts";
import { dropAllLookups, fillLookups } from "./landing/lookups.ts";
import { stageCells } from "./landing/rerun-staging.ts";
import { castStaged, clearWorkTables, prepareStaging } from "./landing/staging.ts";
import { type DeliveredFile, kindsOf } from "./load-plan.ts";
import type { Delivery } from "./open-delivery.ts";
import { readFirstRows } from "./reading/index.ts";

const RECORDS_MAX = 2000;

/** The first rows of each file and the records they give; nothing is kept. Fails with: not_allowed, and what opening the delivery fails with. */
export async function previewMapping(db: Db, caller: Caller, delivery: Delivery, rowsMax: number): Promise<Preview> {
  permit(caller, "load:run");
  const rehearsalNo = randomInt(1_500_000_000, 2_000_000_000);
  return withWorkerConnection(db, caller, async (connection) => {
    const files: Preview["files"] = [];
    try {
      for (const file of delivery.plan.files) files.push(await previewFile(connection, delivery, file, rehearsalNo, rowsMax));
    } finally {
      await connection.rollback();
      await connection.inTransaction((tx) => dropAllLookups(tx, rehearsalNo));
    }
    return { files };
  });
}

async function previewFile(
  connection: WorkerConnection,
  delivery: Delivery,
  file: DeliveredFile,
  rehearsalNo: number,
  rowsMax: number,
): Promise<Preview["files"][number]> {
  const { plan } = file;
  const hasHeader = plan.format.format === "csv" && plan.format.header;
  const { rows: found } = await readFirstRows(file.path, plan.format, rowsMax + (hasHeader ? 1 : 0));
  const rows = (hasHeader ? found.slice(1) : found)
    .filter((row) => row.cells.length === plan.header.length)
    .map(({ line, cells }) => ({ line, cells: [...cells] }));
  const lookups = await fillLookups(connection, delivery.plan, file, rehearsalNo);
  const tx = await connection.begin();
  await prepareStaging(tx, plan);
  await stageCells(tx, plan, rows);
  await castStaged(tx, plan, lookups);
  const records = [];
  for (const kind of kindsOf(plan)) records.push(...(await recordsOf(tx, kind)));
  await clearWorkTables(tx, plan);
  await connection.rollback();
  records.sort((a, b) => a.line - b.line);
  return { name: file.identity.name, columns: [...plan.header], rows, records: records.slice(0, RECORDS_MAX) };
}

async function recordsOf(tx: Tx, kind: string): Promise<Preview["files"][number]["records"]> {
  const { rows } = await sql<{
    line: number;
    key: string | null;
    values: Record<string, unknown>;
    reason: string | null;
    field: string | null;
    column: string | null;
  }>`
    select line_no::int as line, key, problem_reason as reason, problem_field as field, problem_column as "column",
      jsonb_strip_nulls(to_jsonb(c) - '{line_no,key,search_terms,problem_reason,problem_field,problem_column,problem_class}'::text[]) as values
    from ${sql.table(`cast_${kind}`)} c order by line_no limit ${RECORDS_MAX}`.execute(tx);
  return rows.map(({ line, key, values, reason, field, column }) => ({
    line,
    kind,
    key,
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
    ),
    problem: reason === null ? null : { reason, field, column },
  }));
}
