import { Readable } from "node:stream";
import writeExcelFile, { type SheetData } from "write-excel-file/node";
import { safeCell } from "./safe-cell.ts";

/** A number goes as its digits: it is no text and cannot be a formula. */
export type TableCell = string | { readonly decimal: string } | null;
export type TableRow = readonly TableCell[];

export interface Table {
  readonly header: readonly string[];
  /** In pages, so that a long table is never whole in memory; a CSV is sent as they come. */
  readonly pages: AsyncIterable<readonly TableRow[]>;
  /** What the file says of itself: name and value. In a workbook on a sheet of its own. */
  readonly about: readonly (readonly [string, string])[];
}

const DECIMAL = /^-?\d{1,20}(?:\.\d{1,8})?$/;

/** UTF-8 with a byte order mark (spreadsheets ask for it), commas, quotes doubled, lines ended by CR LF (RFC 4180). */
export function csvStream({ header, pages }: Table): Readable {
  async function* lines(): AsyncGenerator<string> {
    yield `\uFEFF${header.map(quoted).join(",")}\r\n`;
    for await (const rows of pages) yield rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
  }
  return Readable.from(lines());
}

/** The whole workbook is made in memory: bound the rows. */
export async function xlsxStream({ header, pages, about }: Table): Promise<Readable> {
  const data: SheetData = [header.map((name) => ({ value: safeCell(name), type: String, fontWeight: "bold" as const }))];
  for await (const rows of pages) for (const row of rows) data.push(row.map(xlsxCell));
  const aboutData: SheetData = about.map(([name, value]) => [name, value].map((text) => ({ value: safeCell(text), type: String })));
  const file = await writeExcelFile([
    { data, sheet: "Data", stickyRowsCount: 1 },
    { data: aboutData, sheet: "About" },
  ]).toBuffer();
  return Readable.from([file]);
}

function csvCell(cell: TableCell): string {
  if (cell === null) return "";
  return typeof cell === "string" ? quoted(cell) : decimalOf(cell);
}

function quoted(text: string): string {
  const safe = safeCell(text);
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function xlsxCell(cell: TableCell): SheetData[number][number] {
  if (cell === null) return null;
  // Money does not fit a floating-point number beyond fifteen digits: then it goes as text, exact.
  if (typeof cell === "string") return { value: safeCell(cell), type: String };
  const decimal = decimalOf(cell);
  return decimal.replaceAll(/\D/g, "").length > 15 ? { value: decimal, type: String } : { value: Number(decimal), type: Number };
}

function decimalOf({ decimal }: { readonly decimal: string }): string {
  if (!DECIMAL.test(decimal)) throw new Error("not a decimal number");
  return decimal;
}
