import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test, vi } from "vitest";
import { seededRandom } from "../../../platform/random/index.ts";
import { evaluateModels } from "./index.ts";
import { readBytes } from "./reading/read-bytes.ts";
import { readTable } from "./reading/read-table.ts";

vi.setConfig({ testTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), "vinculo-models-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function columnsOf(content: string | Buffer, target = "y") {
  const { table, notes } = await readTable(file("table.csv", content), target);
  const shown = table.columns.map((column) =>
    column.kind === "number"
      ? [column.name, ...column.values]
      : [column.name, ...Array.from(column.codes, (code) => column.categories[code] ?? null)],
  );
  return { shown, notes };
}

test("delimiter, quotes, header and types are found by themselves", async () => {
  const { shown } = await columnsOf('"name";"amount";"y"\n"Gil; Ana";"1,5";yes\n"say ""no""";"2.300,25";no\n\n"";;no\n');
  expect(shown).toEqual([
    ["name", "Gil; Ana", 'say "no"', null],
    ["amount", 1.5, 2300.25, Number.NaN],
    ["y", "yes", "no", "no"],
  ]);
});

test("spaces, no header, dates, percent, money, local digits, line breaks in quotes", async () => {
  expect((await columnsOf("A11  6 A34\nA12 48 A32\n", "column3")).shown).toEqual([
    ["column1", "A11", "A12"],
    ["column2", 6, 48],
    ["column3", "A34", "A32"],
  ]);
  const { shown, notes } = await columnsOf('day,rate,paid,count,y\n2024-01-02,5%,"$1,200.50",۱۲,a\n2024-01-03,7.5%,$3,۱۳,"b\nb"\n');
  expect(shown).toEqual([
    ["day", 19_724, 19_725],
    ["rate", 5, 7.5],
    ["paid", 1200.5, 3],
    ["count", 12, 13],
    ["y", "a", "b\nb"],
  ]);
  expect(notes).toEqual(["day is read as date."]);
});

test("UTF-16, Latin-1, a byte order mark, gzip and Windows line ends are read", async () => {
  const text = "städte,y\r\nKöln,1\r\nBonn,0\r\n";
  for (const bytes of [
    Buffer.from(`\uFEFF${text}`, "utf16le"),
    Buffer.from(text, "latin1"),
    Buffer.from(`\uFEFF${text}`),
    gzipSync(Buffer.from(text)),
  ]) {
    expect((await columnsOf(bytes)).shown[0]).toEqual(["städte", "Köln", "Bonn"]);
  }
});

test("a word among many numbers counts as missing and is named; infinite values are said", async () => {
  const { shown, notes } = await columnsOf(`x,y\n${Array.from({ length: 30 }, (_, row) => `${row},a`).join("\n")}\nabout 7,a\ninf,b\n`);
  expect(shown[0]?.slice(-2)).toEqual([Number.NaN, Infinity]);
  expect(notes.join(" ")).toContain("about 7");
  expect(notes.join(" ")).toContain("infinite");
});

/** A table with one honest column, one of noise, and whatever else. */
function table(rows: number, extra: (row: number, event: boolean) => Record<string, string | number> = () => ({})): string {
  const random = seededRandom(31);
  const lines = Array.from({ length: rows }, (_, row) => {
    const x = random();
    const event = random() < 0.1 + 0.6 * x;
    return {
      x: x.toFixed(4),
      noise: random().toFixed(4),
      kind: `k${Math.floor(random() * 4)}`,
      ...extra(row, event),
      y: event ? "yes" : "no",
    };
  });
  return `${Object.keys(lines[0] ?? {}).join(",")}\n${lines.map((line) => Object.values(line).join(",")).join("\n")}\n`;
}

const order = { target: "y", positive: "yes", drop: [], folds: 3 };

test("both models are judged over folds, twice alike", async () => {
  const data = file("plain.csv", table(900));
  const [once, again] = [await evaluateModels({ data, ...order }), await evaluateModels({ data, ...order })];
  for (const model of ["boostedTrees", "scorecard"] as const) {
    expect(once[model].auc).toBeGreaterThan(0.65);
    expect(once[model].aucSd).toBeGreaterThan(0);
    expect(once[model].calibration.slope).toBeGreaterThan(0.5);
    expect(again[model].auc).toBe(once[model].auc);
    expect(again[model].logLoss).toBe(once[model].logLoss);
  }
  expect(once.warnings).toEqual([]);
});

test("a column that knows the target is warned of; constant, empty and naming ones are left out and said", async () => {
  const odd = (row: number, event: boolean) => ({ paid: event ? 100 + row : row % 7, same: 1, empty: "", id: `c${row}` });
  const { warnings, columns } = await evaluateModels({ data: file("odd.csv", table(600, odd)), ...order });
  expect(warnings.find((warning) => warning.startsWith("paid alone tells the target"))).toBeDefined();
  for (const [name, fault] of [
    ["same", "constant"],
    ["empty", "empty"],
    ["id", "every row"],
  ]) {
    expect(warnings.some((warning) => warning.startsWith(`${name} `) && warning.includes(fault as string))).toBe(true);
  }
  expect(columns).toBe(4);
});

test("by order: rows that shifted raise the alarm, rows that did not do not", async () => {
  const still = await evaluateModels({ data: file("still.csv", table(3000)), target: "y", positive: "yes", drop: [], byOrder: 0.8 });
  expect(still.drift?.alarm).toBe(false);
  expect(still.boostedTrees.aucSd).toBeNull();
  const shifting = table(3000, (row) => ({ channel: row < 2400 ? `c${row % 3}` : "new" }));
  const moved = await evaluateModels({ data: file("moved.csv", shifting), target: "y", positive: "yes", drop: [], byOrder: 0.8 });
  expect(moved.drift).toMatchObject({ alarm: true });
  expect(moved.drift?.columns[0]).toMatchObject({ name: "channel", level: "act" });
});

test.each([
  ["x,y\n", {}, "no rows below its header"],
  ["", {}, "is empty"],
  [table(50), { target: "z" }, "There is no column z"],
  [table(50), { positive: "maybe" }, "No row has maybe"],
  [table(50), { drop: ["w"] }, "no column w to drop"],
  ["x,y\n1,yes\n2,yes\n3,yes\n", {}, "one class only"],
  ["x,y\n1,yes\n2,no\n3,no\n4,no\n", {}, "there are 1"],
  ["same,y\n1,yes\n1,no\n1,yes\n1,no\n1,yes\n1,no\n1,yes\n1,no\n", {}, "No column is left"],
  ["a,b,y\n1,2,yes\n1,no\n1\n3,4,5,no\n", {}, "is no table"],
  [gzipSync(Buffer.from(table(50))).subarray(0, 200), {}, "cannot be unpacked"],
])("what cannot be evaluated is refused in a sentence: %#", async (content, change, sentence) => {
  await expect(evaluateModels({ data: file("bad.csv", content), ...order, ...change })).rejects.toMatchObject({
    name: "Refusal",
    message: expect.stringContaining(sentence),
  });
});

const shared = process.env.VINCULO_TEST_DATA ?? join(import.meta.dirname, "../../../../../shared/data");
const isThere = existsSync(join(shared, "german-credit"));
if (!isThere) process.stderr.write(`SKIPPED: models were not measured on real sets, ${shared} is missing\n`);

function say(what: string, { boostedTrees, scorecard }: Awaited<ReturnType<typeof evaluateModels>>): void {
  process.stdout.write(`${what}: AUC ${boostedTrees.auc.toFixed(4)} boosted trees, ${scorecard.auc.toFixed(4)} scorecard\n`);
}

test.runIf(isThere)("German credit, split by spaces and without a header: the scorecard reaches AUC 0.785", async () => {
  const data = join(shared, "german-credit/german.data.gz");
  const evaluation = await evaluateModels({ data, target: "column21", positive: "2", drop: [], folds: 5 });
  say("German credit", evaluation);
  expect(evaluation).toMatchObject({ rows: 1000, columns: 20, events: 300 });
  expect(evaluation.scorecard.auc).toBeGreaterThan(0.785);
  expect(evaluation.boostedTrees.auc).toBeGreaterThan(0.78);
});

test.runIf(isThere)(
  "every fifth call of the bank marketing in the order of time: worse than shuffled, and the alarm is raised",
  async () => {
    const [header = "", ...calls] = (await readBytes(`${join(shared, "bank-marketing/uci_bank_marketing.zip")}#bank-full.csv`))
      .toString()
      .trim()
      .split("\n");
    expect(calls.length).toBe(45_211);
    const data = file("fifth.csv", [header, ...calls.filter((_, row) => row % 5 === 0)].join("\n"));
    const evaluation = await evaluateModels({ data, target: "y", positive: "yes", drop: ["duration"], byOrder: 0.8 });
    say("bank marketing by order", evaluation);
    const { drift } = evaluation;
    expect(drift).toMatchObject({ alarm: true, scoreLevel: "act" });
    expect(drift?.columns.find(({ name }) => name === "month")?.psi).toBeCloseTo(1.11, 0);
    expect(drift?.columns.find(({ name }) => name === "housing")?.level).toBe("stable");
  },
);
