import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Refusal } from "../config/index.ts";

/** A delimited text file, its cells trimmed. `rows` reads the text anew each time it is walked; nothing is kept of rows gone by. */
export interface DelimitedFile {
  /** As the file names its columns, or column1, column2 … where its first row is data. */
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly rows: Iterable<readonly string[]>;
  /** The same, each with the number of the line on which it begins, from 1. */
  readonly numbered: Iterable<NumberedRow>;
}

type NumberedRow = readonly [line: number, cells: readonly string[]];

export interface DelimitedOptions {
  /** Whether the first row names the columns; looked for when not said: it does when none of its cells is blank, a number or a date. */
  readonly header?: boolean;
}

const DELIMITERS = [",", ";", "\t", "|"];
/** Cells set apart by spaces, any number of them. */
const SPACES = " ";
/** Unpacked. The longest text the runtime can hold is little more. */
const FILE_BYTES_MAX = 500 * 2 ** 20;

/** A delimited file, also gzipped, of at most 500 MiB; delimiter from its first line, UTF-8 or else Latin-1. Throws Refusal when it cannot be read or is empty. */
export function readDelimited(path: string, { header }: DelimitedOptions = {}): DelimitedFile {
  const text = decode(readBytes(path)).replace(/^\uFEFF/, "");
  const start = text.search(/\S/);
  if (start < 0) throw new Refusal(`${path} is empty.`);
  const end = text.slice(start).search(/[\r\n]|$/) + start;
  const delimiter = delimiterOf(text.slice(start, end));
  const [[, first] = [1, []]] = cutRows(text, delimiter);
  const isNamed = header ?? first.every((cell) => cell !== "" && !/^[-+.\d][-+\d.,:/ eT]*Z?$/.test(cell));
  const cut = () => cutRows(text, delimiter).drop(isNamed ? 1 : 0);
  return {
    header: isNamed ? first : first.map((_, column) => `column${column + 1}`),
    delimiter,
    rows: { [Symbol.iterator]: () => cut().map(([, cells]) => cells) },
    numbered: { [Symbol.iterator]: cut },
  };
}

/** At most so many rows, taken evenly from the whole file: the first ones are all of one day, or of one source. */
export function sampleRows({ rows }: DelimitedFile, rowsMax: number): (readonly string[])[] {
  let count = 0;
  for (const _ of rows) count += 1;
  const every = Math.max(1, Math.ceil(count / rowsMax));
  return Iterator.from(rows)
    .filter((_, at) => at % every === 0)
    .toArray();
}

/** A number as people and programs write it; a comma before the last one or two digits is the decimal mark. NaN when it is none or blank. */
export function readNumber(text: string): number {
  if (text === "") return Number.NaN;
  return Number(/^[-+]?\d+,\d{1,2}$/.test(text) ? text.replace(",", ".") : text);
}

function readBytes(path: string): Buffer {
  try {
    const bytes = readFileSync(path);
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const unpacked = isPacked ? gunzipSync(bytes, { maxOutputLength: FILE_BYTES_MAX }) : bytes;
    if (unpacked.length > FILE_BYTES_MAX) throw new RangeError("larger than 500 MiB");
    return unpacked;
  } catch (error) {
    throw new Refusal(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function decode(bytes: Buffer): string {
  // Spreadsheets save "Unicode text" so; without its mark it is not told from other bytes.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

function delimiterOf(line: string): string {
  const [best = ","] = DELIMITERS.toSorted((a, b) => line.split(b).length - line.split(a).length);
  return !line.includes(best) && /\S\s+\S/.test(line) ? SPACES : best;
}

function* cutRows(text: string, delimiter: string): Generator<NumberedRow, undefined, undefined> {
  let [at, number] = [0, 1];
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    let lines = 1;
    if (line.includes('"')) {
      const cut = cutQuoted(text, at, delimiter);
      if (cut.end > end) lines = text.slice(at, cut.end).split("\n").length;
      at = cut.end;
      if (cut.cells.length > 1 || cut.cells[0] !== "") yield [number, cut.cells];
    } else {
      at = end;
      if (line.trim() !== "")
        yield [number, delimiter === SPACES ? line.trim().split(/\s+/) : line.split(delimiter).map((cell) => cell.trim())];
    }
    number += lines;
    if (text[at] === "\r") at += 1;
    if (text[at] === "\n") at += 1;
  }
}

function lineEnd(text: string, at: number): number {
  const feed = text.indexOf("\n", at);
  const end = feed < 0 ? text.length : feed;
  return text[end - 1] === "\r" && end > at ? end - 1 : end;
}

/** A row with quotes in it, which may run over several lines. */
function cutQuoted(text: string, start: number, delimiter: string): { cells: string[]; end: number } {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = cutCell(text, at, delimiter);
    cells.push(cell.text.trim());
    at = cell.end;
    if (text[at] !== delimiter) return { cells, end: at };
    at += 1;
    while (delimiter === SPACES && text[at] === SPACES) at += 1;
  }
}

/** One cell from `at` on; `end` is where its delimiter, line break or the end of the text stands. */
function cutCell(text: string, at: number, delimiter: string): { text: string; end: number } {
  let start = at;
  while (text[start] === " ") start += 1;
  const cellEnd = (from: number) => {
    let end = from;
    while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end += 1;
    return end;
  };
  if (text[start] !== '"') {
    const end = cellEnd(delimiter === SPACES ? start : at);
    return { text: text.slice(at, end), end };
  }
  let cell = "";
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { text: cell + text.slice(from), end: text.length };
    cell += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { text: cell, end: cellEnd(quote + 1) };
    cell += '"';
    from = quote + 2;
  }
}
