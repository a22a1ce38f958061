import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { csvStream, type Table, type TableRow, xlsxStream } from "../../platform/files/index.ts";
import type { FileAnswer } from "../../platform/http/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { EXPORT_ROWS_MAX, type ExportFormat } from "./contract.ts";
import { fileName, watermark } from "./rules.ts";

export interface Export<Cursor> {
  /** For the file's name: customers, transactions. */
  readonly what: string;
  readonly action: "customer.exported" | "transaction.exported" | "report.exported";
  readonly format: ExportFormat;
  readonly header: readonly string[];
  /** What was asked, for the trail as a hash. */
  readonly query: unknown;
  readonly subjectIds?: readonly string[];
  /** Where counting adds up the bank: see `inTransaction`. */
  readonly pool?: "report";
  /** How many rows there are; fails with not_found. Counting stops behind `max`. */
  readonly count: (tx: Tx, max: number) => Promise<number>;
  readonly page: (tx: Tx, after: Cursor | undefined, mark: string) => Promise<{ rows: readonly TableRow[]; next: Cursor | undefined }>;
}

/**
 * Counts, writes the trail and takes the rows out of the budget in one transaction; only then the first row goes out, each page under the rights the caller
 * has at that moment. Fails with not_allowed, not_found, limit_reached (the budget is spent; nothing went out), too_large.
 */
export async function openExport<Cursor>(db: Db, caller: Caller, clock: Clock, wanted: Export<Cursor>): Promise<FileAnswer> {
  permit(caller, "customer:export");
  const { what, format, header } = wanted;
  const [exportId, at, max] = [newId(), clock.now(), EXPORT_ROWS_MAX[format]];
  const pay = async (tx: Tx) => {
    const rows = await wanted.count(tx, max);
    if (rows > max) throw new DomainError("too_large", "too many rows for a file of this kind", { detail: { rowsMax: max } });
    await record(tx, {
      caller,
      action: wanted.action,
      subjectKind: "customer",
      ...(wanted.subjectIds === undefined ? {} : { subjectIds: wanted.subjectIds }),
      subjectCount: wanted.subjectIds?.length ?? rows,
      rows,
      query: wanted.query,
      detail: { exportId, format },
    });
    return rows;
  };
  const count = await inTransaction(db, caller, pay, wanted.pool === undefined ? {} : { pool: wanted.pool });
  const mark = watermark(exportId, caller.displayName, at);
  const about = [
    ["export", exportId],
    ["by", caller.displayName],
    ["at", at.toISOString()],
    ["rows", String(count)],
  ] as const;
  const table: Table = { header, about, pages: pagesOf(db, caller, wanted, { count, mark }) };
  return {
    stream: format === "csv" ? csvStream(table) : await xlsxStream(table),
    fileName: fileName(what, at, exportId, format),
    contentType: format === "csv" ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  };
}

/** Never more rows than were counted and paid for, whatever has come meanwhile. */
async function* pagesOf<Cursor>(
  db: Db,
  caller: Caller,
  { page }: Export<Cursor>,
  { count, mark }: { count: number; mark: string },
): AsyncGenerator<readonly TableRow[]> {
  let after: Cursor | undefined;
  for (let left = count; left > 0; ) {
    const { rows, next } = await inTransaction(db, caller, (tx) => page(tx, after, mark), { readOnly: true });
    yield rows.slice(0, left);
    left -= rows.length;
    if (next === undefined) return;
    after = next;
  }
}
