import type { Encoding } from "../mapping/mapping.ts";

/** Why a row could not be cut into columns. Such a row goes to quarantine by its line. */
export const rowReasons = ["wrong_number_of_columns", "line_too_long", "undecodable", "nul_byte", "unclosed_quote", "not_json"] as const;
export type RowReason = (typeof rowReasons)[number];

/** A column of a file: fixed width needs start (from 1) and length, JSON lines a path. */
export interface FileColumn {
  readonly name: string;
  readonly start?: number;
  readonly length?: number;
  readonly path?: string;
}

/** How a file is written, with every default applied. */
export interface FileFormat {
  readonly format: "csv" | "fixed" | "jsonl";
  readonly encoding: Encoding;
  readonly delimiter: string;
  readonly quote: string | null;
  readonly header: boolean;
  readonly skipLines: number;
  readonly positions: "characters" | "bytes";
  /** Given for files without header, fixed width and JSON lines. */
  readonly columns: readonly FileColumn[] | null;
  /** The last line is no data when it begins with this. */
  readonly trailer: string | null;
  /** Which entry of a zip: name or glob. */
  readonly entry: string | null;
}

export const plainCsv: FileFormat = {
  format: "csv",
  encoding: "utf-8",
  delimiter: ",",
  quote: '"',
  header: true,
  skipLines: 0,
  positions: "characters",
  columns: null,
  trailer: null,
  entry: null,
};

/** What a file may cost. Sizes in bytes. */
export interface ReadLimits {
  /** Of one file after unpacking. */
  readonly unpackedBytesMax: number;
  /** Unpacked to packed, looked at once the unpacked part passes `ratioFromBytes`: real exports stay under 60, bombs reach 1000. */
  readonly ratioMax: number;
  readonly ratioFromBytes: number;
  readonly zipEntriesMax: number;
}
export const readLimits: ReadLimits = { unpackedBytesMax: 200 * 2 ** 30, ratioMax: 250, ratioFromBytes: 32 * 2 ** 20, zipEntriesMax: 1000 };

/** One record, terminator left out. A longer one is quarantined, its bytes skipped. */
export const RECORD_BYTES_MAX = 2 ** 20;
/** Physical lines one quoted value may run over; more means that a quote was never closed. */
export const RECORD_LINES_MAX = 200;
/** Raw text kept of a bad row, in characters. */
export const RAW_CHARACTERS_MAX = 4000;

/** A row that could not be cut. `raw` is for quarantine: shortened, unreadable bytes as U+FFFD, NUL as U+2400. */
export interface BadRow {
  readonly line: number;
  readonly reason: RowReason;
  readonly raw: string;
}

/** Rows cut, in the order of the file. `copy` is COPY text: line_no, c1 … cN, then appended values; no NULLs, a blank is
 * empty text, spaces around values are gone. */
export interface RowBatch {
  readonly copy: readonly Buffer[];
  readonly rows: number;
  readonly bad: readonly BadRow[];
  /** Line on which the first record begins, and the last line of the last record, good or bad. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Packed bytes of the file read so far: progress. */
  readonly bytesRead: number;
  /** Column (0 = c1) -> cells from which a card number was taken out. */
  readonly cardCells: ReadonlyMap<number, number>;
}

/** A number of a document as it goes into staging: id of the row, number of the index key, blind index and sealed value; empty for a text that holds none. */
export type SealNumber = (text: string) => string;

/** Values computed per row before COPY, for what SQL cannot compute (names, phones, check digits, sealed numbers): from the cells at `inputs` (0 = c1). */
export interface AppendedColumns {
  readonly count: number;
  readonly inputs: readonly number[];
  compute(cells: readonly string[], seal: SealNumber): readonly string[];
}
