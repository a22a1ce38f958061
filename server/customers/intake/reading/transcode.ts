import { isAscii } from "node:buffer";
import type { Encoding } from "../mapping/mapping.ts";

/** U+FFFD in UTF-8: what an undecodable byte becomes. A record that holds one after transcoding is quarantined as undecodable. */
export const REPLACEMENT = Buffer.from("\uFFFD");

/** The name TextDecoder knows. Files said to be latin1 are nearly always windows-1252, its superset, as browsers read them too. */
export function decoderOf(encoding: Encoding) {
  return new TextDecoder(encoding === "latin1" ? "windows-1252" : encoding);
}

/** Bytes of any encoding as UTF-8, chunk by chunk. UTF-8 itself passes untouched, without its byte order mark. */
export async function* toUtf8(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  if (encoding === "utf-8") {
    yield* withoutMark(chunks);
    return;
  }
  const decoder = decoderOf(encoding);
  const asciiPasses = encoding === "latin1" || encoding === "windows-1256";
  for await (const chunk of chunks) {
    yield asciiPasses && isAscii(chunk) ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }));
  }
  const rest = decoder.decode();
  if (rest !== "") {
    yield Buffer.from(rest);
  }
}

async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length >= 3) {
      yield head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;
      head = null;
    }
  }
  if (head !== null && head.length > 0) {
    yield head;
  }
}
