import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

const LINE_CHARACTERS_MAX = 10_000;

/** One line of a small file beside the data, counted from 1; empty when the file is shorter. */
export async function lineOf(path: string, line: number): Promise<string> {
  let at = 0;
  for await (const text of createInterface({
    input: createReadStream(path, { encoding: "utf8", end: 2 ** 20 }),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    at += 1;
    if (at === line) return text.replace(/^\uFEFF/, "").slice(0, LINE_CHARACTERS_MAX);
  }
  return "";
}
