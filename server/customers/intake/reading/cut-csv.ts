import { isUtf8 } from "node:buffer";
import { type CopySink, writeLineNumber } from "./copy-sink.ts";
import type { Cutter, TrailerWatch } from "./cutter.ts";
import { RECORD_BYTES_MAX, RECORD_LINES_MAX, type RowReason } from "./format.ts";
import { REPLACEMENT } from "./transcode.ts";

const NUL = 0;
const TAB = 9;
const LF = 10;
const CR = 13;
const BACKSLASH = 92;
const LETTER_N = 110;
const LETTER_R = 114;
const LETTER_T = 116;

const INCOMPLETE = -1;

export interface CsvShape {
  readonly delimiter: string;
  readonly quote: string | null;
  /** Cells a row must have; null takes any number. */
  readonly columns: number | null;
  /** The bytes were made by a decoder, so that U+FFFD marks what could not be decoded. */
  readonly transcoded: boolean;
}

/**
 * Cuts CSV as RFC 4180 describes it: quoted cells may hold delimiters, line breaks and doubled quotes; lines end with LF or CR LF. A quote
 * inside an unquoted cell is plain text; text behind a closing quote spoils the row. Works on UTF-8 bytes and writes COPY text as it goes,
 * one pass, no string per cell.
 */
export class CsvCutter implements Cutter {
  private readonly delimiter: number;
  private readonly quote: number;
  private readonly columns: number | null;
  private readonly transcoded: boolean;
  /** 1 for bytes that mean something outside and inside quotes. */
  private readonly outside = new Uint8Array(256);
  private readonly inside = new Uint8Array(256);
  private readonly trailer: TrailerWatch | null;
  private line: number;
  private skipping = false;
  private nextLine = 0;

  constructor(shape: CsvShape, firstLine: number, trailer: TrailerWatch | null) {
    this.trailer = trailer;
    this.delimiter = shape.delimiter.charCodeAt(0);
    this.quote = shape.quote === null ? -1 : shape.quote.charCodeAt(0);
    this.columns = shape.columns;
    this.transcoded = shape.transcoded;
    this.line = firstLine;
    for (const byte of [NUL, TAB, LF, CR, BACKSLASH]) {
      this.outside[byte] = 1;
      this.inside[byte] = 1;
    }
    this.outside[this.delimiter] = 1;
    if (this.quote >= 0) {
      this.inside[this.quote] = 1;
    }
  }

  get atLine(): number {
    return this.line;
  }

  cut(input: Buffer, from: number, final: boolean, sink: CopySink, recordsMax = Number.POSITIVE_INFINITY): number {
    let at = from;
    let records = 0;
    while (at < input.length && records < recordsMax && !sink.full) {
      if (this.skipping) {
        const end = input.indexOf(LF, at);
        if (end < 0) {
          return input.length;
        }
        this.skipping = false;
        this.line += 1;
        at = end + 1;
      } else if (input[at] === LF || (input[at] === CR && input[at + 1] === LF)) {
        at += input[at] === LF ? 1 : 2;
        this.line += 1;
      } else {
        const next = this.trailerOrRecord(input, at, final, sink);
        if (next === INCOMPLETE) {
          return at;
        }
        at = next;
        this.line = this.nextLine;
        records += 1;
      }
    }
    return at;
  }

  private trailerOrRecord(input: Buffer, start: number, final: boolean, sink: CopySink): number {
    const isTrailer = this.trailer === null ? false : this.trailer.standsAt(input, start, final);
    if (isTrailer === false) {
      const next = this.record(input, start, final, sink);
      if (next !== INCOMPLETE) {
        this.trailer?.passed(sink);
      }
      return next;
    }
    const found = input.indexOf(LF, start);
    const end = found < 0 ? input.length : found;
    if (isTrailer === null || (found < 0 && !final && end - start < RECORD_BYTES_MAX)) {
      return INCOMPLETE;
    }
    this.trailer?.note(this.line, input.subarray(start, end), sink);
    this.nextLine = this.line + 1;
    return Math.min(end + 1, input.length);
  }

  /** One record from `start`: written to the sink or rejected. Gives where the next begins, and sets nextLine. */
  private record(input: Buffer, start: number, final: boolean, sink: CopySink): number {
    const { outside, inside, delimiter, quote } = this;
    const out = sink.out;
    const stop = Math.min(input.length, start + RECORD_BYTES_MAX);
    const ends = final && stop === input.length;
    const cellsFrom = writeLineNumber(out, sink.position, this.line);
    let o = cellsFrom;
    let i = start;
    let cells = 1;
    let high = 0;
    let lines = 0;
    let nul = false;
    let byte = 0;
    record: for (;;) {
      let marks = outside;
      if (i < stop && input[i] === quote) {
        marks = inside;
        i += 1;
      }
      for (;;) {
        if (i >= stop) {
          if (ends && marks === outside) {
            break record;
          }
          return this.ranOut(input, start, stop, final, marks === inside, sink);
        }
        byte = input[i] as number;
        i += 1;
        if (marks[byte] === 0) {
          out[o] = byte;
          o += 1;
          high |= byte;
        } else if (marks === outside && byte === delimiter) {
          out[o] = TAB;
          o += 1;
          cells += 1;
          continue record;
        } else if (marks === inside && byte === quote) {
          if (i >= stop && !ends) {
            return this.ranOut(input, start, stop, final, true, sink);
          }
          if (i < stop && input[i] === quote) {
            out[o] = quote;
            o += 1;
            i += 1;
            continue;
          }
          const next = i < stop ? input[i] : LF;
          if (next === CR && i + 1 >= stop && !ends) {
            return this.ranOut(input, start, stop, final, true, sink);
          }
          if (next !== delimiter && next !== LF && !(next === CR && (i + 1 >= stop || input[i + 1] === LF))) {
            return this.spoilt(input, start, sink);
          }
          marks = outside; // the delimiter or line end that follows closes the cell
        } else if (byte === LF) {
          if (marks === outside) {
            break record;
          }
          lines += 1;
          if (lines > RECORD_LINES_MAX) {
            return this.spoilt(input, start, sink);
          }
          out[o] = BACKSLASH;
          out[o + 1] = LETTER_N;
          o += 2;
        } else if (byte === CR) {
          if (marks === outside && i >= stop && !ends) {
            return this.ranOut(input, start, stop, final, false, sink);
          }
          if (marks === outside && (i >= stop || input[i] === LF)) {
            i += 1;
            break record;
          }
          out[o] = BACKSLASH;
          out[o + 1] = LETTER_R;
          o += 2;
        } else if (byte === NUL) {
          nul = true;
        } else {
          out[o] = BACKSLASH;
          out[o + 1] = byte === TAB ? LETTER_T : BACKSLASH;
          o += 2;
        }
      }
    }
    this.nextLine = this.line + lines + 1;
    const reason = this.faultOf(out, cellsFrom, o, cells, high, nul);
    if (reason === null) {
      sink.commit(this.line, this.line + lines, cellsFrom, o);
    } else {
      sink.reject(this.line, this.line + lines, reason, input.subarray(start, Math.min(i, stop)));
    }
    return Math.min(i, stop);
  }

  private faultOf(out: Buffer, from: number, end: number, cells: number, high: number, nul: boolean): RowReason | null {
    if (nul) {
      return "nul_byte";
    }
    if (high >= 0x80) {
      const bytes = out.subarray(from, end);
      if (this.transcoded ? bytes.includes(REPLACEMENT) : !isUtf8(bytes)) {
        return "undecodable";
      }
    }
    return this.columns === null || cells === this.columns ? null : "wrong_number_of_columns";
  }

  private ranOut(input: Buffer, start: number, stop: number, final: boolean, quoted: boolean, sink: CopySink): number {
    if (stop - start < RECORD_BYTES_MAX && !final) {
      return INCOMPLETE;
    }
    if (quoted) {
      return this.spoilt(input, start, sink);
    }
    sink.reject(this.line, this.line, "line_too_long", input.subarray(start, stop));
    this.skipping = true;
    this.nextLine = this.line;
    return stop;
  }

  /** A quote that is never closed would swallow what follows: only the line it stands on is rejected, and cutting goes on behind that. */
  private spoilt(input: Buffer, start: number, sink: CopySink): number {
    const stop = Math.min(input.length, start + RECORD_BYTES_MAX);
    const end = input.indexOf(LF, start);
    if (end < 0 || end >= stop) {
      sink.reject(this.line, this.line, stop - start >= RECORD_BYTES_MAX ? "line_too_long" : "unclosed_quote", input.subarray(start, stop));
      this.skipping = true;
      this.nextLine = this.line;
      return stop;
    }
    sink.reject(this.line, this.line, "unclosed_quote", input.subarray(start, end));
    this.nextLine = this.line + 1;
    return end + 1;
  }
}
