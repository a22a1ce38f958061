import { escapeCell, RECORD_ROOM_BYTES } from "./copy-sink.ts";
import { type LineReader, textOf } from "./cut-lines.ts";
import type { FileFormat } from "./format.ts";

/** Digits beyond what a double holds: such numbers are taken as they are written. */
const longNumber = /\d[\d.]{14,}/;

/** Reads JSON lines: one object a line, each column the value at its path. Absent, null: blank; objects and lists: their JSON. */
export function jsonLinesReader(format: FileFormat): LineReader {
  const paths = (format.columns ?? []).map((column) => (column.path ?? column.name).split("."));
  const transcoded = format.encoding !== "utf-8";
  return (line) => {
    const text = textOf(line, transcoded);
    if (text === null) {
      return { fault: "undecodable" };
    }
    const value = parse(text);
    if (typeof value !== "object" || value === null) {
      return { fault: "not_json" };
    }
    const cells = paths.map((path) => cellAt(value, path));
    if (cells.some((cell) => cell.includes("\0"))) {
      return { fault: "nul_byte" };
    }
    // The same object may be asked for by many columns.
    const bytes = cells.reduce((sum, cell) => sum + Buffer.byteLength(escapeCell(cell)) + 1, 32);
    return bytes > RECORD_ROOM_BYTES ? { fault: "line_too_long" } : { cells };
  };
}

function parse(text: string): unknown {
  try {
    return longNumber.test(text) ? JSON.parse(text, asWritten) : JSON.parse(text);
  } catch {
    return null; // the caller quarantines the line
  }
}

function asWritten(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" && context?.source !== undefined ? context.source : value;
}

function cellAt(value: object, path: readonly string[]): string {
  let at: unknown = value;
  for (const step of path) {
    at = typeof at === "object" && at !== null && Object.hasOwn(at, step) ? (at as Record<string, unknown>)[step] : null;
  }
  if (at === null || at === undefined) {
    return "";
  }
  return (typeof at === "object" ? JSON.stringify(at) : String(at)).toWellFormed().trim();
}
