import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Refusal } from "../../../platform/config/index.ts";

/** A small table as text, cells trimmed. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const DELIMITERS = [",", ";", "\t", "|"];

/** Reads a whole CSV file, also gzipped, into memory; delimiter from its header, UTF-8 or else Latin-1. Throws Refusal when it cannot be read. */
export function readCsv(path: string): CsvTable {
  const text = decode(readBytes(path)).replace(/^\uFEFF/, "");
  const firstLine = text.slice(0, Math.max(0, text.search(/\r?\n|$/)));
  const delimiter = DELIMITERS.toSorted((a, b) => firstLine.split(b).length - firstLine.split(a).length)[0] ?? ",";
  const [header, ...rows] = cutRows(text, delimiter);
  if (header === undefined) throw new Refusal(`${path} is empty.`);
  return { header, rows };
}

function readBytes(path: string): Buffer {
  try {
    const bytes = readFileSync(path);
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  } catch (error) {
    throw new Refusal(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

function cutRows(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      const cell = cutCell(text, at, delimiter);
      row.push(cell.text.trim());
      at = cell.end;
      if (text[at] !== delimiter) break;
      at += 1;
    }
    if (text[at] === "\r") at += 1;
    if (text[at] === "\n") at += 1;
    if (row.length > 1 || row[0] !== "") rows.push(row);
  }
  return rows;
}

/** One cell from `at` on; `end` is where its delimiter, line break or the end of the text stands. */
function cutCell(text: string, at: number, delimiter: string): { text: string; end: number } {
  let start = at;
  while (text[start] === " ") start += 1;
  if (text[start] !== '"') {
    let end = at;
    while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end += 1;
    return { text: text.slice(at, end), end };
  }
  let cell = "";
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { text: cell + text.slice(from), end: text.length };
    cell += text.slice(from, quote);
    if (text[quote + 1] === '"') {
      cell += '"';
      from = quote + 2;
      continue;
    }
    let end = quote + 1;
    while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end += 1;
    return { text: cell, end };
  }
}
