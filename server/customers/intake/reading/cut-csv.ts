import { isAscii, isUtf8 } from "node:buffer";
import { type CopySink, writeLineNumber } from "./copy-sink.ts";
import type { Cutter, TrailerWatch } from "./cutter.ts";
import { RECORD_BYTES_MAX, RECORD_LINES_MAX, type RowReason } from "./format.ts";
import { REPLACEMENT } from "./transcode.ts";

const NUL = 0;
const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const BACKSLASH = 92;
const LETTER_N = 110;
const LETTER_R = 114;
const LETTER_T = 116;

const INCOMPLETE = -1;

// Where in a cell the scanner is, already shifted to index `steps` together with the next byte. Spaces at either end of a value are left out.
const START = 0x000;
const PLAIN = 0x100;
const PLAIN_SPACE = 0x200;
const QUOTE_OPENED = 0x300;
const QUOTED = 0x400;
const QUOTED_SPACE = 0x500;
const CLOSED = 0x600; // behind a quote inside quotes: its end, or the first of two
const CLOSED_SPACE = 0x700;

// A step: bits 0-7 the byte to write, 8 whether it is kept, 9 a cell ends, 10-12 the next state, 15 look closer.
const KEEP = 0x100;
const CELL_ENDS = 0x200;
const SPECIAL = 0x8000;

// What a special byte comes to, where it is not the letter of an escape.
const ROW_ENDS = -1;
const STRAY = -2;
const UNDECIDED = -3;
const CELL_ENDS_TRIMMED = -4;
const NOTHING_YET = -1;

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
  private readonly columns: number | null;
  private readonly transcoded: boolean;
  private readonly delimiter: number;
  private readonly steps: Uint16Array;
  private readonly trailer: TrailerWatch | null;
  private line: number;
  private skipping = false;
  private nextLine = 0;
  private ascii = false;

  constructor(shape: CsvShape, firstLine: number, trailer: TrailerWatch | null) {
    this.trailer = trailer;
    this.columns = shape.columns;
    this.transcoded = shape.transcoded;
    this.delimiter = shape.delimiter.charCodeAt(0);
    this.steps = stepsOf(this.delimiter, shape.quote === null ? -1 : shape.quote.charCodeAt(0));
    this.line = firstLine;
  }

  get atLine(): number {
    return this.line;
  }

  cut(input: Buffer, from: number, final: boolean, sink: CopySink, recordsMax = Number.POSITIVE_INFINITY): number {
    this.ascii = isAscii(input.subarray(from));
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
    const steps = this.steps;
    const out = sink.out;
    const stop = Math.min(input.length, start + RECORD_BYTES_MAX);
    const ends = final && stop === input.length;
    const cellsFrom = writeLineNumber(out, sink.position, this.line);
    let o = cellsFrom;
    let i = start;
    let state = START;
    let cells = 1;
    let lines = 0;
    let nul = false;
    for (;;) {
      if (i >= stop) {
        if (ends && !isQuoted(state)) {
          break;
        }
        return final || stop < input.length ? this.cutOff(input, start, isQuoted(state), sink) : INCOMPLETE;
      }
      const byte = input[i] as number;
      const step = steps[state | byte] as number;
      i += 1;
      if (step < SPECIAL) {
        out[o] = step;
        o += (step >> 8) & 1;
        cells += (step >> 9) & 1;
        state = (step >> 2) & 0x700;
        continue;
      }
      const letter = meaningOf(byte, state, i < stop ? (input[i] as number) : ends ? LF : NOTHING_YET, this.delimiter);
      if (letter === ROW_ENDS) {
        i += byte === CR ? 1 : 0;
        break;
      }
      if (letter === CELL_ENDS_TRIMMED) {
        o = trimmed(out, o);
        out[o] = TAB;
        o += 1;
        cells += 1;
        state = START;
        continue;
      }
      if (letter === STRAY) {
        return this.spoilt(input, start, sink);
      }
      if (letter === UNDECIDED) {
        return final || stop < input.length ? this.cutOff(input, start, false, sink) : INCOMPLETE;
      }
      nul ||= byte === NUL;
      lines += byte === LF ? 1 : 0;
      if (lines > RECORD_LINES_MAX) {
        return this.spoilt(input, start, sink);
      }
      out[o] = BACKSLASH;
      out[o + 1] = letter;
      o += 2;
      state = isQuoted(state) ? QUOTED : PLAIN;
    }
    o = trimmed(out, o);
    const after = Math.min(i, stop);
    this.nextLine = this.line + lines + 1;
    const reason = nul ? "nul_byte" : this.faultOf(out, cellsFrom, o, cells);
    if (reason === null) {
      sink.commit(this.line, this.line + lines, cellsFrom, o);
    } else {
      sink.reject(this.line, this.line + lines, reason, input.subarray(start, after));
    }
    return after;
  }

  private faultOf(out: Buffer, from: number, end: number, cells: number): RowReason | null {
    if (!this.ascii) {
      const bytes = out.subarray(from, end);
      if (this.transcoded ? bytes.includes(REPLACEMENT) : !isUtf8(bytes)) {
        return "undecodable";
      }
    }
    return this.columns === null || cells === this.columns ? null : "wrong_number_of_columns";
  }

  /** The record is too long, or the file ends inside it. */
  private cutOff(input: Buffer, start: number, quoted: boolean, sink: CopySink): number {
    if (quoted) {
      return this.spoilt(input, start, sink);
    }
    const stop = Math.min(input.length, start + RECORD_BYTES_MAX);
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

function isQuoted(state: number): boolean {
  return state >= QUOTE_OPENED && state <= QUOTED_SPACE;
}

function trimmed(out: Uint8Array, end: number): number {
  let o = end;
  while (out[o - 1] === SPACE) {
    o -= 1;
  }
  return o;
}

/** One look-up a byte instead of branches a processor cannot foresee. */
function stepsOf(delimiter: number, quote: number): Uint16Array {
  const steps = new Uint16Array(8 * 256);
  const next = (state: number) => state << 2;
  for (let byte = 0; byte < 256; byte += 1) {
    const keep = (state: number) => KEEP | byte | next(state);
    const cellEnds = KEEP | CELL_ENDS | TAB | next(START);
    const isSpecial = byte === NUL || byte === TAB || byte === LF || byte === CR || byte === BACKSLASH;
    const isSpace = byte === SPACE;
    const outside = byte === delimiter ? cellEnds : isSpecial ? SPECIAL : isSpace ? keep(PLAIN_SPACE) : keep(PLAIN);
    const inside = isSpecial ? SPECIAL : isSpace ? keep(QUOTED_SPACE) : keep(QUOTED);
    const closed = byte === quote ? keep(QUOTED) : SPECIAL;
    steps[START | byte] = byte === quote ? next(QUOTE_OPENED) : isSpace && byte !== delimiter ? next(START) : outside;
    steps[PLAIN | byte] = outside;
    steps[PLAIN_SPACE | byte] = byte === delimiter ? SPECIAL : outside;
    steps[QUOTE_OPENED | byte] = byte === quote ? next(CLOSED) : isSpace ? next(QUOTE_OPENED) : inside;
    steps[QUOTED | byte] = byte === quote ? next(CLOSED) : inside;
    steps[QUOTED_SPACE | byte] = byte === quote ? next(CLOSED_SPACE) : inside;
    steps[CLOSED | byte] = byte === delimiter ? cellEnds : closed;
    steps[CLOSED_SPACE | byte] = closed;
  }
  return steps;
}

/** The letter by which COPY escapes a byte, or what it means for the row. `following` is the byte behind it. */
function meaningOf(byte: number, state: number, following: number, delimiter: number): number {
  const quoted = isQuoted(state);
  if (byte === CR && !quoted) {
    return following === LF ? ROW_ENDS : following === NOTHING_YET ? UNDECIDED : state >= CLOSED ? STRAY : LETTER_R;
  }
  if (byte === LF) {
    return quoted ? LETTER_N : ROW_ENDS;
  }
  if (byte === delimiter && !quoted) {
    return CELL_ENDS_TRIMMED;
  }
  if (state >= CLOSED) {
    return STRAY;
  }
  return byte === CR ? LETTER_R : byte === TAB ? LETTER_T : BACKSLASH;
}
