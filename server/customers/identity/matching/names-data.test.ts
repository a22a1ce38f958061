import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { seededRandom } from "../../../platform/random/index.ts";
import { nameWords } from "../../../platform/text/index.ts";
import { alike, wordComparer } from "./compare-words.ts";
import { WordPool } from "./word-pool.ts";

const folder = join(process.env.VINCULO_TEST_DATA ?? join(import.meta.dirname, "../../../../../shared/data"), "names");
const isThere = existsSync(folder);
if (!isThere) process.stderr.write(`SKIPPED: names across scripts were not compared, ${folder} is missing\n`);

/** Every Latin word with its own spelling in the other script, and with one drawn at random: an even chance of either. */
function measure(file: string): { recall: number; precision: number } {
  const lines = gunzipSync(readFileSync(join(folder, file)))
    .toString()
    .trim()
    .split("\n");
  const pairs = lines.map((line) => line.split("\t")).map(([latin = "", local = ""]) => [latin, local.replaceAll(" ", "")] as const);
  const pool = new WordPool();
  const wordOf = (text: string) => pool.word(nameWords(text).join(""));
  const words = pairs.map(([latin, local]) => [wordOf(latin), wordOf(local)] as const);
  const compare = wordComparer(pool.arrays());
  const random = seededRandom(1);
  let [right, wrong] = [0, 0];
  for (const [latin, local] of words) {
    if (isSame(compare(latin, local))) right += 1;
    const stranger = words[Math.floor(random() * words.length)]?.[1] ?? 0;
    if (stranger !== local && isSame(compare(latin, stranger))) wrong += 1;
  }
  return { recall: right / words.length, precision: right / (right + wrong) };
}

const isSame = (level: number) => level !== alike.none && (level <= alike.sound || level === alike.far);

test.runIf(isThere)("Latin words are known as their Arabic and Chinese spellings at a precision above 0.95", { timeout: 120_000 }, () => {
  const [arabic, chinese] = [measure("wd_arabic_20.tsv.gz"), measure("wd_chinese_20.tsv.gz")];
  process.stdout.write(`words across scripts: ar ${JSON.stringify(arabic)}, zh ${JSON.stringify(chinese)}\n`);
  for (const { precision } of [arabic, chinese]) expect(precision).toBeGreaterThan(0.95);
  expect(arabic.recall).toBeGreaterThan(0.91);
  expect(chinese.recall).toBeGreaterThan(0.8);
});
