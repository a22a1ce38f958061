import { cutRows, guessDelimiter } from "./cut-rows.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1256" | "gb18030" | "latin1";

/** The beginning of a file as the browser sees it, before anything is sent. The server decides; this is for the eye and for a first mapping. */
export interface Sniffed {
  readonly name: string;
  readonly format: "csv" | "jsonl" | "fixed";
  readonly packing: "none" | "gzip" | "zip";
  readonly encoding: Encoding;
  readonly delimiter: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const beginningBytes = 64 * 1024;
const rowsShown = 12;

/** Reads the first 64 KB (unpacked). Fails when a packed file is damaged. */
export async function sniffFile(file: File): Promise<Sniffed> {
  const { bytes, packing } = await beginningOf(file);
  const encoding = guessEncoding(bytes);
  const text = new TextDecoder(encoding).decode(bytes, { stream: true }).replace(/^\uFEFF/, "");
  const whole = bytes.length < beginningBytes;
  return { name: file.name, packing, encoding, ...cut(text, whole) };
}

function cut(text: string, whole: boolean): Pick<Sniffed, "format" | "delimiter" | "columns" | "rows"> {
  const firstLine = text.slice(0, text.search(/\r?\n|$/));
  if (/^\s*\{/.test(firstLine)) return cutJsonLines(text, whole);
  const delimiter = guessDelimiter(text, whole);
  const [header = [], ...rows] = cutRows(text, delimiter, rowsShown + 1, whole);
  if (header.length < 2 && rows.length > 2) {
    const lines = text.split(/\r?\n/).slice(0, rowsShown);
    return { format: "fixed", delimiter, columns: [], rows: lines.map((line) => [line]) };
  }
  return { format: "csv", delimiter, columns: header.map((name) => name.trim()), rows };
}

function cutJsonLines(text: string, whole: boolean): Pick<Sniffed, "format" | "delimiter" | "columns" | "rows"> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const objects = (whole ? lines : lines.slice(0, -1)).slice(0, rowsShown).flatMap((line) => {
    try {
      return [flatten(JSON.parse(line) as unknown)];
    } catch {
      return []; // a torn line: the load will say so, the picture does without it
    }
  });
  const columns = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return { format: "jsonl", delimiter: ",", columns, rows: objects.map((object) => columns.map((name) => object[name] ?? "")) };
}

/** Values by their path: `address.city`, `phones.0.number`. */
function flatten(value: unknown, path = ""): Record<string, string> {
  if (typeof value !== "object" || value === null) return path === "" ? {} : { [path]: value === null ? "" : String(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([name, inner]) => flatten(inner, path === "" ? name : `${path}.${name}`)),
  ) as Record<string, string>;
}

async function beginningOf(file: File): Promise<{ bytes: Uint8Array<ArrayBuffer>; packing: Sniffed["packing"] }> {
  const head = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return { bytes: await firstBytes(file.stream().pipeThrough(new DecompressionStream("gzip"))), packing: "gzip" };
  }
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3) return { bytes: await firstOfZip(file, head), packing: "zip" };
  return { bytes: new Uint8Array(await file.slice(0, beginningBytes).arrayBuffer()), packing: "none" };
}

/** The first entry of a zip: its local header is followed by its bytes, plain or deflated. */
async function firstOfZip(file: File, head: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const view = new DataView(head.buffer);
  const body = file.slice(30 + view.getUint16(26, true) + view.getUint16(28, true));
  const deflated = view.getUint16(8, true) === 8;
  return firstBytes(deflated ? body.stream().pipeThrough(new DecompressionStream("deflate-raw")) : body.stream());
}

async function firstBytes(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const bytes = new Uint8Array(beginningBytes);
  let length = 0;
  while (length < beginningBytes) {
    // What follows a deflated entry in its zip is no error of the entry.
    const { done, value } = await reader.read().catch((error: unknown) => {
      if (length > 0) return { done: true as const, value: undefined };
      throw error;
    });
    if (done) break;
    const part = value.subarray(0, beginningBytes - length);
    bytes.set(part, length);
    length += part.length;
  }
  await reader.cancel().catch(() => undefined);
  return bytes.slice(0, length);
}

/** By its mark, else by what the bytes can be: UTF-8 hardly ever fits by chance. */
export function guessEncoding(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const zeros = [0, 1].map((odd) => bytes.filter((byte, at) => byte === 0 && at % 2 === odd).length) as [number, number];
  if (zeros[1] > bytes.length / 8) return "utf-16le";
  if (zeros[0] > bytes.length / 8) return "utf-16be";
  if (decodes(bytes, "utf-8")) return "utf-8";
  const letters = (encoding: Encoding, script: RegExp) => (new TextDecoder(encoding).decode(bytes).match(script) ?? []).length;
  const high = bytes.filter((byte) => byte >= 0x80).length;
  if (decodes(bytes, "gb18030") && letters("gb18030", /[\u4e00-\u7fff]/gu) > high * 0.35) return "gb18030";
  return letters("windows-1256", /[\u0600-\u06ff]/gu) > high * 0.8 && hasRuns(bytes) ? "windows-1256" : "latin1";
}

/** Words of another script are runs of high bytes; accents in Latin words stand alone. */
function hasRuns(bytes: Uint8Array): boolean {
  let runs = 0;
  let length = 0;
  for (const byte of bytes) {
    length = byte >= 0x80 ? length + 1 : 0;
    if (length === 3) runs++;
  }
  return runs > 0;
}

function decodes(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
