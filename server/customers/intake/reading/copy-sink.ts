import { type CardCells, columnActs, hideInCell, mayHoldCard } from "./card-cells.ts";
import {
  type AppendedColumns,
  type BadRow,
  RAW_CHARACTERS_MAX,
  RECORD_BYTES_MAX,
  type RowBatch,
  type RowReason,
  type SealNumber,
} from "./format.ts";

const BUFFER_BYTES = 4 * 2 ** 20;
/** Room a record may need: each byte escaped, and its line number. */
export const RECORD_ROOM_BYTES = 2 * RECORD_BYTES_MAX + 32;
const BATCH_BYTES_MAX = 32 * 2 ** 20;
const BAD_ROWS_MAX = 1000;

/** Rows of a batch at most. */
export interface BatchRows {
  readonly first: number;
  readonly max: number;
}

const noCards: CardCells = { looked: [], dropped: [] };

const TAB = 9;
const LF = 10;

/** What becomes of a row on its way into staging. */
export interface RowWork {
  readonly append?: AppendedColumns | null;
  readonly seal?: SealNumber | undefined;
  readonly cards?: CardCells | undefined;
}

/** Collects rows as PostgreSQL's COPY text until a batch is full: by rows, by bytes, or by bad rows, so that memory stays bounded. */
export class CopySink {
  /** Rows are written here, from `position` on; at least RECORD_ROOM_BYTES are free. */
  out = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  position = 0;

  private batchRows: number;
  private readonly batchRowsMax: number;
  private readonly afterLine: number;
  private readonly append: AppendedColumns | null;
  private readonly seal: SealNumber;
  private readonly cardActs: Uint8Array;
  private cardCells = new Map<number, number>();
  private batchStart = 0;
  private finished: Buffer[] = [];
  private finishedBytes = 0;
  private rows = 0;
  private bad: BadRow[] = [];
  private firstLine = 0;
  private lastLine = 0;

  /** Rows that begin on `afterLine` or before are left out: they were landed by an earlier run. Each batch may be twice as large as the one before. */
  constructor(batchRows: BatchRows, afterLine: number, { append = null, seal = () => "", cards = noCards }: RowWork = {}) {
    this.batchRows = batchRows.first;
    this.batchRowsMax = batchRows.max;
    this.afterLine = afterLine;
    this.append = append;
    this.seal = seal;
    this.cardActs = columnActs(cards);
  }

  get full(): boolean {
    return this.rows >= this.batchRows || this.bad.length >= BAD_ROWS_MAX || this.finishedBytes >= BATCH_BYTES_MAX;
  }

  get empty(): boolean {
    return this.rows === 0 && this.bad.length === 0;
  }

  /** Ends the row that was written from `position` to `end` (line number and cells, no line feed). `cellsFrom` is where its cells begin. */
  commit(firstLine: number, lastLine: number, cellsFrom: number, end: number): void {
    if (firstLine <= this.afterLine) {
      return;
    }
    const cellsEnd = mayHoldCard(this.out, cellsFrom, end, this.cardActs) ? this.hideCards(cellsFrom, end) : end;
    this.position = this.append === null ? cellsEnd : this.appendTo(this.append, cellsFrom, cellsEnd);
    this.out[this.position] = LF;
    this.position += 1;
    this.rows += 1;
    this.seen(firstLine, lastLine);
    if (this.out.length - this.position < RECORD_ROOM_BYTES) {
      this.nextBuffer();
    }
  }

  /** A row from cells already decoded: fixed width and JSON lines. */
  row(line: number, cells: readonly string[]): void {
    const text = Buffer.from(`${line}\t${cells.map(escapeCell).join("\t")}`);
    if (text.length > RECORD_ROOM_BYTES) {
      throw new Error("a record outgrew its bound");
    }
    text.copy(this.out, this.position);
    this.commit(line, line, this.position + String(line).length + 1, this.position + text.length);
  }

  reject(firstLine: number, lastLine: number, reason: RowReason, raw: Uint8Array | string): void {
    if (firstLine <= this.afterLine) {
      return;
    }
    this.bad.push({ line: firstLine, reason, raw: rawText(raw) });
    this.seen(firstLine, lastLine);
  }

  take(bytesRead: number): RowBatch {
    if (this.position > this.batchStart) {
      this.finished.push(this.out.subarray(this.batchStart, this.position));
      this.batchStart = this.position;
    }
    const batch = {
      copy: this.finished,
      rows: this.rows,
      bad: this.bad,
      firstLine: this.firstLine,
      lastLine: this.lastLine,
      bytesRead,
      cardCells: this.cardCells,
    };
    this.batchRows = Math.min(this.batchRowsMax, 2 * this.batchRows);
    this.finished = [];
    this.finishedBytes = 0;
    this.rows = 0;
    this.bad = [];
    this.firstLine = 0;
    this.cardCells = new Map();
    return batch;
  }

  private seen(firstLine: number, lastLine: number): void {
    if (this.firstLine === 0) {
      this.firstLine = firstLine;
    }
    this.lastLine = lastLine;
  }

  private nextBuffer(buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES)): void {
    const part = this.out.subarray(this.batchStart, this.position);
    this.finished.push(part);
    this.finishedBytes += part.length;
    this.out = buffer;
    this.position = 0;
    this.batchStart = 0;
  }

  /** Writes the row anew with its card numbers hidden; gives its new end. Digits make way for fewer bytes than a row of them has room for. */
  private hideCards(cellsFrom: number, end: number): number {
    const cells = this.out.toString("utf8", cellsFrom, end).split("\t");
    const hidden = cells.map((cell, column) => {
      const text = unescapeCell(cell);
      const shown = hideInCell(text, this.cardActs[column]);
      if (shown === text) return cell;
      this.cardCells.set(column, (this.cardCells.get(column) ?? 0) + 1);
      return escapeCell(shown);
    });
    return cellsFrom + this.out.write(hidden.join("\t"), cellsFrom);
  }

  private appendTo(append: AppendedColumns, cellsFrom: number, end: number): number {
    const cells = this.out.toString("utf8", cellsFrom, end).split("\t");
    const values = append.compute(
      append.inputs.map((input) => unescapeCell(cells[input] ?? "")),
      this.seal,
    );
    const text = Buffer.from(`\t${values.map(escapeCell).join("\t")}`);
    const cellsEnd = end + text.length + 1 > this.out.length ? this.moveRow(end, text.length) : end;
    text.copy(this.out, cellsEnd);
    return cellsEnd + text.length;
  }

  /** Takes the row being written into a buffer with room for what is appended; gives its new end. */
  private moveRow(end: number, moreBytes: number): number {
    const row = this.out.subarray(this.position, end);
    const longer = Buffer.allocUnsafeSlow(BUFFER_BYTES + row.length + moreBytes);
    row.copy(longer);
    this.nextBuffer(longer);
    return row.length;
  }
}

/** Writes digits of a line number and the tab behind it; gives the position after them. */
export function writeLineNumber(out: Uint8Array, position: number, line: number): number {
  let digits = 1;
  for (let power = 10; power <= line; power *= 10) {
    digits += 1;
  }
  let rest = line;
  for (let at = position + digits - 1; at >= position; at -= 1) {
    const shorter = Math.floor(rest / 10);
    out[at] = 48 + rest - shorter * 10;
    rest = shorter;
  }
  out[position + digits] = TAB;
  return position + digits + 1;
}

const escapes: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
const unescapes: Record<string, string> = { "\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r" };

export function escapeCell(cell: string): string {
  return /[\\\t\n\r]/.test(cell) ? cell.replace(/[\\\t\n\r]/g, (character) => escapes[character] as string) : cell;
}

export function unescapeCell(cell: string): string {
  return cell.includes("\\") ? cell.replace(/\\[\\tnr]/g, (pair) => unescapes[pair] as string) : cell;
}

/** The cells of one COPY text row without its line number; the inverse of what readers write. */
export function cellsOf(copyRow: string): string[] {
  return copyRow.split("\t").slice(1).map(unescapeCell);
}

function rawText(raw: Uint8Array | string): string {
  const text = typeof raw === "string" ? raw : new TextDecoder().decode(raw.subarray(0, RAW_CHARACTERS_MAX * 4));
  return text.slice(0, RAW_CHARACTERS_MAX).toWellFormed().replaceAll("\0", "\u2400");
}
