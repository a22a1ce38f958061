import { isUtf8 } from "node:buffer";
import type { CopySink } from "./copy-sink.ts";
import type { Cutter, TrailerWatch } from "./cutter.ts";
import { RECORD_BYTES_MAX, type RowReason } from "./format.ts";

const LF = 10;
const CR = 13;

/** Cells of one line, or why it has none. */
export type LineReader = (line: Buffer) => { readonly cells: readonly string[] } | { readonly fault: RowReason };

/** Cuts physical lines and hands each to a reader: fixed width and JSON lines. Lines without content are no records. */
export class LineCutter implements Cutter {
  private readonly read: LineReader;
  private readonly trailer: TrailerWatch | null;
  private line: number;
  private skipping = false;

  constructor(read: LineReader, firstLine: number, trailer: TrailerWatch | null) {
    this.read = read;
    this.trailer = trailer;
    this.line = firstLine;
  }

  get atLine(): number {
    return this.line;
  }

  cut(input: Buffer, from: number, final: boolean, sink: CopySink, recordsMax = Number.POSITIVE_INFINITY): number {
    let at = from;
    let records = 0;
    while (at < input.length && records < recordsMax && !sink.full) {
      const found = input.indexOf(LF, at);
      const end = found < 0 ? input.length : found;
      if (this.skipping) {
        this.skipping = found < 0;
      } else if (end - at > RECORD_BYTES_MAX) {
        sink.reject(this.line, this.line, "line_too_long", input.subarray(at, end));
        this.skipping = found < 0;
        records += 1;
      } else if (found < 0 && !final) {
        return at;
      } else {
        records += this.record(input.subarray(at, input[end - 1] === CR && end > at ? end - 1 : end), sink);
      }
      if (found < 0) {
        return input.length;
      }
      this.line += 1;
      at = end + 1;
    }
    return at;
  }

  private record(line: Buffer, sink: CopySink): number {
    if (line.length === 0) {
      return 0;
    }
    if (this.trailer?.standsAt(line, 0, true)) {
      this.trailer.note(this.line, line, sink);
      return 1;
    }
    this.trailer?.passed(sink);
    const result = line.includes(0) ? ({ fault: "nul_byte" } as const) : this.read(line);
    if ("fault" in result) {
      sink.reject(this.line, this.line, result.fault, line);
    } else {
      sink.row(this.line, result.cells);
    }
    return 1;
  }
}

/** Text of UTF-8 bytes; null when they are none, or hold the mark of a decoder that gave up. */
export function textOf(line: Buffer, transcoded: boolean): string | null {
  if (!isUtf8(line)) {
    return null;
  }
  const text = line.toString();
  return transcoded && text.includes("\uFFFD") ? null : text;
}
