import { createReadStream, existsSync } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { hashStatement, readStatement } from "../proof/statement.ts";
import { type ToldSeal, toldLine } from "./told-seal.ts";

const TAIL_BYTES = 64 * 1024;

export interface FileEnd {
  /** The last seal in the file; null for an empty one. */
  readonly last: { readonly no: string; readonly hash: string } | null;
  /** The last line was cut off by a crash: what comes next begins a line of its own. */
  readonly torn: boolean;
}

/** How the seal file ends. Its beginning is not read. */
export async function readFileEnd(path: string): Promise<FileEnd> {
  if (!existsSync(path)) return { last: null, torn: false };
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    await file.read(bytes, 0, bytes.length, size - bytes.length);
    const text = bytes.toString("utf8");
    const last = text
      .split("\n")
      .reverse()
      .map(readLine)
      .find((line) => line !== null);
    return { last: last ?? null, torn: text !== "" && !text.endsWith("\n") };
  } finally {
    await file.close();
  }
}

/** Appends, and is done when the bytes are on the disk. */
export async function appendSeals(path: string, seals: readonly ToldSeal[], torn: boolean): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, "a", 0o600);
  try {
    await file.appendFile(`${torn ? "\n" : ""}${seals.map((seal) => `${toldLine(seal)}\n`).join("")}`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The seals of a file, in order; lines that were cut off are left out. */
export async function* readSealFile(path: string): AsyncGenerator<{ no: string; hash: string }> {
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const line = readLine(text);
    if (line !== null) yield line;
  }
}

function readLine(text: string): { no: string; hash: string } | null {
  try {
    const { statement } = JSON.parse(text) as { statement: string };
    const read = readStatement(statement);
    return read === null ? null : { no: read.no, hash: hashStatement(statement).toString("hex") };
  } catch {
    return null; // cut off
  }
}
