import { isUtf8 } from "node:buffer";
import { type Encoding, encodings } from "../mapping/mapping.ts";
import { type FileFormat, plainCsv, type ReadLimits, readLimits } from "./format.ts";
import { readFirstRows } from "./read-file.ts";
import { decoderOf } from "./transcode.ts";
import { openFile, type Packing } from "./unpack.ts";

const SAMPLE_BYTES = 256 * 2 ** 10;
const SAMPLE_ROWS = 21;

/** What a file seems to be, for the person who writes a mapping: a guess to start from, shown with its first rows. */
export interface SniffedFile {
  readonly packing: Packing;
  readonly format: FileFormat;
  /** Names from the header, or made up (column1 …). */
  readonly header: readonly string[];
  /** The first rows, at most 20. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** Guesses encoding, format, delimiter and header of a file from its first 256 KiB. Fails with a FileProblem. */
export async function sniff(path: string, entry: string | null = null, limits: ReadLimits = readLimits): Promise<SniffedFile> {
  const { packing, sample, isWhole } = await sampleOf(path, entry, limits);
  const encoding = encodingOf(sample);
  const text = decoderOf(encoding).decode(sample);
  const lines = text.split(/\r?\n/);
  const whole = (isWhole ? lines : lines.slice(0, -1)).filter((line) => line.trim() !== "").slice(0, 200);
  const base = { ...plainCsv, encoding, entry };
  if (whole.length > 0 && whole.slice(0, 20).every(isJsonObject)) {
    const columns = jsonPaths(whole.slice(0, 50)).map((name) => ({ name }));
    const format: FileFormat = { ...base, format: "jsonl", header: false, columns };
    return { packing, format, header: columns.map((column) => column.name), ...(await readFirst(path, format, SAMPLE_ROWS - 1, limits)) };
  }
  const format: FileFormat = { ...base, delimiter: delimiterOf(whole), header: false };
  const { rows } = await readFirst(path, format, SAMPLE_ROWS, limits);
  const [first, ...others] = rows;
  const cells = first?.cells ?? [];
  if (
    isHeader(
      cells,
      others.map((row) => row.cells),
    )
  ) {
    return { packing, format: { ...format, header: true }, header: cells.map((cell) => cell.trim()), rows: others };
  }
  const columns = cells.map((_, index) => ({ name: `column${index + 1}` }));
  return { packing, format: { ...format, columns }, header: columns.map((column) => column.name), rows: rows.slice(0, SAMPLE_ROWS - 1) };
}

async function readFirst(path: string, format: FileFormat, rowsMax: number, limits: ReadLimits) {
  const { rows } = await readFirstRows(path, format, rowsMax, limits);
  return { rows };
}

async function sampleOf(path: string, entry: string | null, limits: ReadLimits) {
  const file = await openFile(path, limits, entry);
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isWhole = true;
  try {
    for await (const chunk of file.chunks) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= SAMPLE_BYTES) {
        isWhole = false;
        break;
      }
    }
  } finally {
    await file.close();
  }
  return { packing: file.packing, sample: Buffer.concat(chunks).subarray(0, SAMPLE_BYTES), isWhole };
}

/** UTF-8 and UTF-16 are recognised for sure; among the rest the one whose letters are what people write. */
export function encodingOf(sample: Buffer): Encoding {
  if (sample[0] === 0xff && sample[1] === 0xfe) return "utf-16le";
  if (sample[0] === 0xfe && sample[1] === 0xff) return "utf-16be";
  const zeros = [0, 0];
  for (let index = 0; index < Math.min(sample.length, 4000); index += 1) {
    if (sample[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  if (odd > 10 * (even + 1) || even > 10 * (odd + 1)) return odd > even ? "utf-16le" : "utf-16be";
  // The sample may end inside a character.
  const body = sample.subarray(0, Math.max(0, sample.length - 3));
  if ([0, 1, 2, 3].some((less) => isUtf8(sample.subarray(0, Math.max(0, sample.length - less)))) || isUtf8(body)) return "utf-8";
  const others = encodings.filter((encoding) => encoding === "windows-1256" || encoding === "gb18030" || encoding === "latin1");
  const scores = others.map((encoding) => ({ encoding, score: likelihood(encoding, body) }));
  return scores.reduce((best, other) => (other.score > best.score ? other : best)).encoding;
}

/** Share of the characters beyond ASCII that belong to the words of the encoding's languages. */
function likelihood(encoding: Encoding, sample: Buffer): number {
  const foreign =
    decoderOf(encoding)
      .decode(sample)
      .match(/[^\0-\x7f]+/g) ?? [];
  const text = foreign.join("");
  const usual = {
    "windows-1256": /[\u0621-\u0652\u067e\u0686\u0698\u06a9\u06af\u06cc]/g,
    gb18030: /[\u4e00-\u9fa5\u3001\u3002\uff00-\uffef]/g,
    latin1: /[áéíóúüñçàèìòùâêîôûäößãõÁÉÍÓÚÑÜÇ€°ºª]/g,
  }[encoding as "windows-1256" | "gb18030" | "latin1"];
  const broken = (text.match(/\uFFFD/g) ?? []).length;
  // Arabic and Chinese stand in runs, accents alone between Latin letters.
  const runs = foreign.filter((run) => (encoding === "latin1" ? run.length <= 2 : run.length > 1)).join("").length;
  return text === "" ? 0 : ((text.match(usual) ?? []).length / text.length + runs / text.length) / 2 - broken;
}

function delimiterOf(lines: readonly string[]): string {
  const candidates = [",", ";", "\t", "|", ":"];
  const scores = candidates.map((delimiter) => {
    const counts = lines.map((line) => line.replace(/"(?:[^"]|"")*"/g, "").split(delimiter).length);
    const [first = 1] = counts;
    const same = counts.filter((count) => count === first).length / Math.max(counts.length, 1);
    return { delimiter, score: first > 1 ? same * 100 + Math.min(first, 50) : 0 };
  });
  return scores.reduce((best, other) => (other.score > best.score ? other : best)).delimiter;
}

/** A first row of distinct words, where the rows below hold something else. */
function isHeader(first: readonly string[], others: readonly (readonly string[])[]): boolean {
  const words = first.filter((cell) => cell !== "" && !/^[-+(]?[\d٠-٩۰-۹.,/: -]+$/.test(cell) && !cell.includes("@"));
  if (first.length === 0 || words.length < first.length || new Set(first).size < first.length) return false;
  const values = others.flat();
  return (
    others.length === 0 ||
    (!others.some((row) => row.join("\0") === first.join("\0")) && values.some((cell) => /\d/.test(cell))
      ? !first.some((cell) => /\d{3}/.test(cell))
      : others.every((row) => row.every((cell, index) => cell !== first[index])))
  );
}

function isJsonObject(line: string): boolean {
  return parsed(line) !== null;
}

function parsed(line: string): object | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null; // no JSON: another format
  }
}

function jsonPaths(lines: readonly string[]): string[] {
  const paths = new Set<string>();
  const visit = (value: unknown, path: string, depth: number): void => {
    if (typeof value === "object" && value !== null && depth < 4) {
      for (const [key, inner] of Object.entries(value).slice(0, 100)) visit(inner, path === "" ? key : `${path}.${key}`, depth + 1);
    } else if (paths.size < 300) {
      paths.add(path);
    }
  };
  for (const line of lines) visit(parsed(line), "", 0);
  return [...paths].filter((path) => path !== "");
}
