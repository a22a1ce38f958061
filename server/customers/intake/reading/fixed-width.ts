import type { LineReader } from "./cut-lines.ts";
import { textOf } from "./cut-lines.ts";
import type { FileFormat } from "./format.ts";
import { decoderOf } from "./transcode.ts";

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Reads fixed-width lines. A line must reach the start of its last column (exporters trim blanks at the end) and hold nothing behind it.
 * By bytes, positions count in the file's own encoding, and lines come as they are in the file.
 */
export function fixedWidthReader(format: FileFormat): LineReader {
  const spans = (format.columns ?? []).map(({ start = 1, length = 1 }) => ({ from: start - 1, to: start - 1 + length }));
  const lastStart = Math.max(0, ...spans.map((span) => span.from));
  const end = Math.max(0, ...spans.map((span) => span.to));
  return format.positions === "bytes"
    ? byBytes(format, spans, lastStart, end)
    : byCharacters(format.encoding !== "utf-8", spans, lastStart, end);
}

function byCharacters(transcoded: boolean, spans: readonly Span[], lastStart: number, end: number): LineReader {
  return (line) => {
    const text = textOf(line, transcoded);
    if (text === null) {
      return { fault: "undecodable" };
    }
    // Characters are code points: only text with surrogates needs splitting.
    const points = /[\uD800-\uDBFF]/.test(text) ? [...text] : null;
    const length = points?.length ?? text.length;
    const cut = (from: number, to?: number) => (points === null ? text.slice(from, to) : points.slice(from, to).join(""));
    if (length < lastStart || cut(end).trim() !== "") {
      return { fault: "wrong_number_of_columns" };
    }
    return { cells: spans.map((span) => cut(span.from, span.to).trim()) };
  };
}

function byBytes(format: FileFormat, spans: readonly Span[], lastStart: number, end: number): LineReader {
  const name = format.encoding === "latin1" ? "windows-1252" : decoderOf(format.encoding).encoding;
  const decoder = new TextDecoder(name, { fatal: true });
  return (line) => {
    if (line.length < lastStart || line.subarray(end).some((byte) => byte !== 0x20)) {
      return { fault: "wrong_number_of_columns" };
    }
    try {
      return { cells: spans.map((span) => decoder.decode(line.subarray(span.from, span.to)).trim()) };
    } catch {
      return { fault: "undecodable" }; // the decoder's only complaint
    }
  };
}
