import { Readable } from "node:stream";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { encoderOf } from "./encode-text.ts";
import { parseMapping, readingFormat } from "./mapping/index.ts";
import * as mappings from "./mapping-store.ts";
import * as quarantine from "./quarantine-store.ts";
import type { FileFormat } from "./reading/index.ts";
import * as store from "./store.ts";

const PAGE_ROWS = 1000;

/**
 * The open rows of one file of a load in the form of that file (encoding, delimiter, header), so that the corrected file can be loaded with the
 * same mapping. Not made safe for spreadsheets: it has to come back as it went. Fails with: not_allowed, not_found.
 */
export async function openErrorFile(
  db: Db,
  caller: Caller,
  loadId: string,
  fileNo: number,
): Promise<{ stream: Readable; fileName: string; contentType: string }> {
  permit(caller, "quarantine:read");
  const { load, text } = await inTransaction(db, caller, async (tx) => {
    const found = await store.readLoad(tx, loadId);
    const rows = found === null ? 0 : await quarantine.countOpenLines(tx, found.loadNo, fileNo);
    await record(tx, { caller, action: "quarantine.exported", subjectKind: "load", subjectIds: [loadId], rows, detail: { fileNo } });
    return { load: found, text: found === null ? null : await mappings.readMappingText(tx, found.mappingId) };
  });
  const file = load?.files[fileNo];
  if (load === null || file === undefined || text === null)
    throw new DomainError("not_found", `there is no such file of this load: it has ${load?.files.length ?? 0}, counted from 0`);
  const format = readingFormat(parseMapping(text), file.part);
  const encode = encoderOf(format.encoding);
  async function* lines(): AsyncGenerator<Buffer> {
    if (load === null || file === undefined) return;
    yield encode(
      "\n".repeat(format.skipLines) + (format.format === "csv" && format.header ? `${writeRow(format, file.columns, file.columns)}\n` : ""),
    );
    for (let afterLine = -1; ; ) {
      const rows = await inTransaction(db, caller, (tx) => quarantine.listOpenLines(tx, load.loadNo, fileNo, afterLine, PAGE_ROWS));
      for (const { raw } of rows) {
        const cells = file.columns.map((name) => raw[name] ?? "");
        yield encode(
          `${typeof raw.line === "string" && Object.keys(raw).length === 1 ? raw.line : writeRow(format, file.columns, cells)}\n`,
        );
      }
      if (rows.length < PAGE_ROWS) return;
      afterLine = rows.at(-1)?.lineNo ?? afterLine;
    }
  }
  return { stream: Readable.from(lines()), fileName: file.name.replace(/\.(gz|zip)$/i, ""), contentType: "text/plain" };
}

function writeRow(format: FileFormat, columns: readonly string[], cells: readonly string[]): string {
  if (format.format === "jsonl") return JSON.stringify(nested(format, columns, cells));
  if (format.format === "fixed") return fixed(format, cells);
  const { delimiter, quote } = format;
  return cells
    .map((cell) => {
      if (quote === null || !(cell.includes(delimiter) || cell.includes(quote) || /[\r\n]/.test(cell) || cell !== cell.trim())) return cell;
      return `${quote}${cell.replaceAll(quote, quote + quote)}${quote}`;
    })
    .join(delimiter);
}

function fixed(format: FileFormat, cells: readonly string[]): string {
  return (format.columns ?? []).reduce((line, column, index) => {
    const start = (column.start ?? 1) - 1;
    return (
      line.padEnd(start).slice(0, start) +
      (cells[index] ?? "").padEnd(column.length ?? 0).slice(0, column.length) +
      line.slice(start + (column.length ?? 0))
    );
  }, "");
}

function nested(format: FileFormat, columns: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const root: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  columns.forEach((name, index) => {
    const steps = (format.columns?.[index]?.path ?? name).split(".");
    let at = root;
    for (const step of steps.slice(0, -1)) {
      at[step] ??= Object.create(null) as Record<string, unknown>;
      at = at[step] as Record<string, unknown>;
    }
    at[steps.at(-1) ?? name] = cells[index];
  });
  return root;
}
