import type { CopySink } from "./copy-sink.ts";

/** Cuts UTF-8 bytes into records. */
export interface Cutter {
  /** The physical line the next record begins on. */
  readonly atLine: number;
  /**
   * Cuts records from `input`, beginning at `from`, until the input ends, the sink is full or `recordsMax` were cut. Gives the position up to
   * which it is done; the rest is to be given again with more behind it, or with `final` when nothing follows.
   */
  cut(input: Buffer, from: number, final: boolean, sink: CopySink, recordsMax?: number): number;
}

interface SeenTrailer {
  readonly line: number;
  readonly text: string;
}

/** Watches for a trailer line. One that is not the last line is no trailer and is rejected. */
export class TrailerWatch {
  private readonly mark: Buffer;
  private seen: SeenTrailer | null = null;

  constructor(mark: string) {
    this.mark = Buffer.from(mark);
  }

  get text(): string | null {
    return this.seen?.text ?? null;
  }

  /** Whether `input` may hold the trailer at `at`; null when more bytes are needed to say. */
  standsAt(input: Buffer, at: number, final: boolean): boolean | null {
    const bytes = input.subarray(at, at + this.mark.length);
    if (bytes.length < this.mark.length) {
      return !final && this.mark.subarray(0, bytes.length).equals(bytes) ? null : false;
    }
    return bytes.equals(this.mark);
  }

  note(line: number, raw: Uint8Array, sink: CopySink): void {
    this.passed(sink);
    this.seen = { line, text: new TextDecoder().decode(raw).replace(/\r$/, "") };
  }

  /** A record followed: what was seen before was no trailer. */
  passed(sink: CopySink): void {
    if (this.seen !== null) {
      sink.reject(this.seen.line, this.seen.line, "wrong_number_of_columns", this.seen.text);
      this.seen = null;
    }
  }
}
