import { basename } from "node:path";
import type { CardCells } from "./card-cells.ts";
import { CopySink, cellsOf } from "./copy-sink.ts";
import { CsvCutter } from "./cut-csv.ts";
import { LineCutter } from "./cut-lines.ts";
import { type Cutter, TrailerWatch } from "./cutter.ts";
import { fileProblem } from "./file-problem.ts";
import { fixedWidthReader } from "./fixed-width.ts";
import { type AppendedColumns, type FileFormat, type ReadLimits, type RowBatch, readLimits, type SealNumber } from "./format.ts";
import { jsonLinesReader } from "./json-lines.ts";
import { toUtf8 } from "./transcode.ts";
import { openFile } from "./unpack.ts";

const LF = 10;

export interface ReadOptions {
  /** Names of the file's columns, from `readHeader`: how many cells a row must have. */
  readonly columns: readonly string[];
  /** Rows a batch at most; a batch may end earlier to bound memory. */
  readonly batchRows: number;
  /** Begin with batches of so many rows, each up to twice the one before. */
  readonly firstBatchRows?: number;
  /** Go on behind this line: rows beginning on it or before are left out. */
  readonly afterLine?: number;
  readonly append?: AppendedColumns | null;
  /** Default: cells go on as they are, for a look at a file that lands nothing. */
  readonly cards?: CardCells;
  /** Default: numbers of documents are left out, for a look at a file that lands nothing. */
  readonly seal?: SealNumber;
  /** SHA-256 the file had when it was inspected. */
  readonly expected?: { readonly sha256: string } | null;
  readonly limits?: ReadLimits;
  /** Told how many packed bytes were read so far, for each megabyte or so. */
  readonly onBytes?: (bytes: number) => void;
}

/** What is known only at the end of a file. */
export interface FileEnd {
  readonly lines: number;
  /** The trailer line, when the format names one and the file ends with it. */
  readonly trailer: string | null;
}

/**
 * Reads a file's rows in batches; memory does not grow with the file. Fails with a FileProblem (broken archive, file changed) wherever it is
 * noticed; a caller that wants to be sure beforehand calls `inspectFile` first.
 */
export async function* readFile(path: string, format: FileFormat, options: ReadOptions): AsyncGenerator<RowBatch, FileEnd> {
  const file = await openFile(path, options.limits ?? readLimits, format.entry);
  const trailer = format.trailer === null ? null : new TrailerWatch(format.trailer);
  const sink = new CopySink({ first: options.firstBatchRows ?? options.batchRows, max: options.batchRows }, options.afterLine ?? 0, {
    append: options.append ?? null,
    seal: options.seal,
    cards: options.cards,
  });
  let cutter: Cutter | null = null;
  const preamble = new Preamble(format);
  let carry: Buffer = Buffer.alloc(0);
  try {
    const chunks = inUtf8(file.chunks, format)[Symbol.asyncIterator]();
    for (let final = false; !final; ) {
      const { value, done } = await chunks.next();
      final = done === true;
      options.onBytes?.(file.packedBytes());
      const chunk: Buffer = value ?? Buffer.alloc(0);
      const input: Buffer = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
      let at = preamble.skip(input, final);
      if (preamble.passed) {
        cutter ??= cutterOf(format, options.columns.length, preamble.line, trailer);
        for (;;) {
          at = cutter.cut(input, at, final, sink);
          if (!sink.full) {
            break;
          }
          yield sink.take(file.packedBytes());
        }
      }
      carry = input.subarray(at);
    }
    if (options.expected && file.sha256() !== null && file.sha256() !== options.expected.sha256) {
      throw fileProblem("file_changed", basename(path), "the file is not the one that was looked at before: it changed since");
    }
    if (!sink.empty) {
      yield sink.take(file.packedBytes());
    }
    return { lines: (cutter?.atLine ?? 1) - 1, trailer: trailer?.text ?? null };
  } finally {
    await file.close();
  }
}

/** The first records of a file as cells, whatever their number of cells; with the line each begins on. Bad rows are left out. */
export async function readFirstRows(path: string, format: FileFormat, rowsMax: number, limits: ReadLimits = readLimits) {
  const file = await openFile(path, limits, format.entry);
  const sink = new CopySink({ first: rowsMax, max: rowsMax }, 0);
  const cutter = cutterOf(format, null, format.skipLines + 1, null);
  const preamble = new Preamble({ ...format, header: false });
  let carry: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of inUtf8(file.chunks, format)) {
      const input: Buffer = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
      const at = preamble.skip(input, false);
      carry = input.subarray(preamble.passed ? cutter.cut(input, at, false, sink, rowsMax) : at);
      if (sink.full) {
        break;
      }
    }
    if (!sink.full && preamble.passed) {
      cutter.cut(carry, 0, true, sink, rowsMax);
    }
    const batch = sink.take(0);
    const rows = Buffer.concat(batch.copy).toString().split("\n").slice(0, -1);
    return { rows: rows.map((row) => ({ line: Number.parseInt(row, 10), cells: cellsOf(row) })), bad: batch.bad };
  } finally {
    await file.close();
  }
}

/** Names of a file's columns: from its header, or from the format where there is none. Fails with no_header for an empty file. */
export async function readHeader(path: string, format: FileFormat, limits: ReadLimits = readLimits): Promise<string[]> {
  if (format.columns !== null && !(format.format === "csv" && format.header)) {
    return format.columns.map((column) => column.name);
  }
  const { rows } = await readFirstRows(path, format, 1, limits);
  const [first] = rows;
  if (first === undefined) {
    throw fileProblem("no_header", basename(path), "the file has no header line that could be read");
  }
  return first.cells.map((cell) => cell.trim());
}

function inUtf8(chunks: AsyncIterable<Buffer>, format: FileFormat): AsyncIterable<Buffer> {
  return format.format === "fixed" && format.positions === "bytes" ? chunks : toUtf8(chunks, format.encoding);
}

function cutterOf(format: FileFormat, columns: number | null, firstLine: number, trailer: TrailerWatch | null): Cutter {
  if (format.format === "csv") {
    return new CsvCutter({ ...format, columns, transcoded: format.encoding !== "utf-8" }, firstLine, trailer);
  }
  const read = format.format === "fixed" ? fixedWidthReader(format) : jsonLinesReader(format);
  return new LineCutter(read, firstLine, trailer);
}

/** Lines before the first row: those to skip, and a CSV header. */
class Preamble {
  line = 1;
  private linesLeft: number;
  private header: CsvCutter | null = null;
  private readonly format: FileFormat;
  private discard: CopySink | null = null;
  private headerLeft: boolean;

  constructor(format: FileFormat) {
    this.format = format;
    this.linesLeft = format.skipLines;
    this.headerLeft = format.format === "csv" && format.header;
  }

  get passed(): boolean {
    return this.linesLeft === 0 && !this.headerLeft;
  }

  skip(input: Buffer, final: boolean): number {
    let at = 0;
    while (this.linesLeft > 0) {
      const end = input.indexOf(LF, at);
      if (end < 0) {
        return input.length;
      }
      at = end + 1;
      this.linesLeft -= 1;
      this.line += 1;
    }
    if (this.headerLeft) {
      this.header ??= new CsvCutter({ ...this.format, columns: null, transcoded: this.format.encoding !== "utf-8" }, this.line, null);
      this.discard ??= new CopySink({ first: 2, max: 2 }, 0);
      at = this.header.cut(input, at, final, this.discard, 1);
      this.headerLeft = this.discard.empty;
      this.line = this.header.atLine;
    }
    return at;
  }
}
