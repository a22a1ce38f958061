import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, expect, test, vi } from "vitest";
import { cardPrecision } from "./card-precision.ts";
import { evaluateFraud } from "./index.ts";
import { readTransactions } from "./read-transactions.ts";
import { lastWeek, splitByWeek } from "./split.ts";

vi.setConfig({ testTimeout: 300_000 });

const data = join(process.env.VINCULO_TEST_DATA ?? join(import.meta.dirname, "../../../../../shared/data"), "fraud-handbook");
const isThere = existsSync(data);
if (!isThere) process.stderr.write(`SKIPPED: fraud scores were not measured on the Handbook's transactions, ${data} is missing\n`);

const folder = mkdtempSync(join(tmpdir(), "vinculo-fraud-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

// The whole takes half a minute on a busy machine (docs/operations/fraud.md has its figures): here, the cards whose number ends in 0, 1 or 2.
test.runIf(isThere)("the Handbook's protocol on three tenths of its cards: average precision of a good score", () => {
  const [name = ""] = readdirSync(data).filter((file) => file.endsWith(".csv.gz"));
  const lines = gunzipSync(readFileSync(join(data, name)))
    .toString()
    .split("\n");
  const some = lines.filter((line, at) => at === 0 || /^[^,]*,[^,]*,\d*[012],/.test(line));
  const evaluation = evaluateFraud({ data: file("some.csv", some.join("\n")) });
  process.stdout.write(`fraud-handbook, 3 of 10 cards: AUC ${evaluation.auc.toFixed(4)}, AP ${evaluation.averagePrecision.toFixed(4)}\n`);
  expect(evaluation).toMatchObject({ outOfOrder: 0, train: { from: "2018-07-25" }, test: { from: "2018-08-08" } });
  expect(evaluation.arrivals.measured).toBe(some.length - 1);
  expect(evaluation.averagePrecision).toBeGreaterThan(0.5);
  expect(evaluation.averagePrecision).toBeGreaterThan(evaluation.byAmount.averagePrecision * 3);
});

test.runIf(isThere)("the rows of the Handbook's protocol are the book's own", () => {
  const history = readTransactions(data, {});
  const week = lastWeek(history);
  if (week === null) throw new Error("the transactions reach over less than three weeks");
  const frauds = (places: readonly number[]) => places.filter((place) => history.isFraud(place)).length;
  const { train, test: judged } = splitByWeek(history, week);
  expect([train.length, frauds(train), judged.length, frauds(judged)]).toEqual([67_240, 598, 58_264, 385]);
});

const row = (score: number, isFraud: boolean, account = "a", day = 1) => ({ score, isFraud, account, day });

test("card precision: a card is judged by its best score of the day, and not again once it was caught", () => {
  const rows = [
    row(0.9, false, "a"),
    row(0.2, true, "a"),
    row(0.8, false, "b"),
    row(0.1, true, "c"),
    row(0.9, true, "a", 2),
    row(0.7, true, "b", 2),
    row(0.6, false, "c", 2),
  ];
  expect(cardPrecision(rows, 2)).toBeCloseTo((1 / 2 + 1 / 2) / 2, 12);
});

const header = "transaction_id,datetime,card_id,merchant,amt,is_fraud\n";

test("files of a folder are one history, whatever the order of their rows; broken rows are counted", () => {
  const days = join(folder, "days");
  mkdirSync(days);
  writeFileSync(join(days, "b.csv"), `${header}3,2024-01-03 00:00:00,c1,m1,5,0\n2,2024-01-02 00:00:00,c1,m1,6,1\n`);
  writeFileSync(
    join(days, "a.csv"),
    `${header}1,2024-01-01 00:00:00,c2,m1,7,true\n,2024-01-01 00:00:00,,m1,7,0\n9,,c2,m1,7,0\n9,2024-01-01 00:00:00,c2,m1,x,0\n`,
  );
  const history = readTransactions(days, {});
  expect([0, 1, 2].map((place) => [history.transaction(place).id, history.isFraud(place)])).toEqual([["1", true], ["2", true], ["3", false]]); // biome-ignore format: one line
  expect(history).toMatchObject({ count: 3, frauds: 2, outOfOrder: 1 });
  expect(history.rowsLeftOut).toEqual({ "no account or payee": 1, "no time": 1, "no amount": 1 });
});

test("what is wrong with a file is said in a sentence", () => {
  const refused = (text: string, rest = {}) => expect(() => evaluateFraud({ data: file("bad.csv", text), ...rest }));
  refused("").toThrow("is empty");
  refused(header).toThrow("holds no transaction that could be read");
  refused("a,b\n1,2\n").toThrow("no column looks like the time");
  refused(`${header}1,2024-01-01 00:00:00,c,m,5,0\n`, { payee: "shop" }).toThrow('no column "shop"');
  refused(`${header}1,yesterday,c,m,5,0\n`).toThrow("written in no way known");
  refused(`${header}1,2024-01-01 00:00:00,c,m,5,0\n2,2024-01-09 00:00:00,c,m,5,1\n`).toThrow("less than three weeks");
  const genuine = Array.from({ length: 30 }, (_, day) => `${day},2024-01-${String(day + 1).padStart(2, "0")} 10:00:00,c,m,5,0`).join("\n");
  refused(`${header}${genuine}\n`).toThrow("both kinds are needed");
  refused(`${header}${genuine}\n`, { testFrom: "2024-01-29" }).toThrow("does not fit");
  expect(() => evaluateFraud({ data: join(folder, "none.csv") })).toThrow("is not there");
});
