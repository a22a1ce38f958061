import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { nameTerms, queryTerms } from "./index.ts";

const folder = join(process.env.VINCULO_TEST_DATA ?? join(import.meta.dirname, "../../../../shared/data"), "names");
const isThere = existsSync(folder);

if (!isThere) {
  process.stderr.write(`SKIPPED: recall of names across scripts was not measured, ${folder} is missing\n`);
}

type Pair = readonly [latin: string, local: string];

function readPairs(file: string): Pair[] {
  const lines = gunzipSync(readFileSync(join(folder, file)))
    .toString()
    .trim()
    .split("\n");
  return lines.map((line) => {
    const [latin = "", local = ""] = line.split("\t");
    return [latin, local.replaceAll(" ", "")];
  });
}

/** Each Latin word is looked for among all distinct local names of the file, as a finished word, by prefix. */
function measure(pairs: readonly Pair[]): { recall: number; precision: number; hitsPerQuery: number } {
  const names = [...new Set(pairs.map(([, local]) => local))];
  const stored = names
    .flatMap((name) => nameTerms(name).map((term) => [term, name] as const))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const wanted = Map.groupBy(pairs, ([latin]) => latin);
  let right = 0;
  let hits = 0;
  for (const [latin, group] of wanted) {
    const entry = queryTerms(`${latin} x`)[0];
    const found = new Set([entry?.term ?? "", ...(entry?.alternatives ?? [])].flatMap((term) => startingWith(stored, term)));
    hits += found.size;
    right += group.filter(([, local]) => found.has(local)).length;
  }
  return { recall: right / pairs.length, precision: right / hits, hitsPerQuery: hits / wanted.size };
}

function startingWith(stored: readonly (readonly [string, string])[], term: string): string[] {
  let low = 0;
  let high = stored.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stored[middle]?.[0] ?? "") < term) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const found: string[] = [];
  for (let at = low; stored[at]?.[0].startsWith(term) === true; at += 1) {
    found.push(stored[at]?.[1] ?? "");
  }
  return found;
}

// What was reached when the skeletons were tuned, less a little: a change that loses more than that must say why.
test.runIf(isThere)("Latin words find their Arabic spellings among 12,000", { timeout: 60_000 }, () => {
  const result = measure(readPairs("wd_arabic_20.tsv.gz"));
  process.stdout.write(`names ar: ${JSON.stringify(result)}\n`);
  expect(result.recall).toBeGreaterThan(0.86);
  expect(result.hitsPerQuery).toBeLessThan(8);
});

test.runIf(isThere)("Latin words find their Chinese transcriptions among 12,000", { timeout: 60_000 }, () => {
  const result = measure(readPairs("wd_chinese_20.tsv.gz"));
  process.stdout.write(`names zh: ${JSON.stringify(result)}\n`);
  expect(result.recall).toBeGreaterThan(0.68);
  expect(result.hitsPerQuery).toBeLessThan(40);
});
