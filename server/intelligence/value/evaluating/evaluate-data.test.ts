import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, expect, test, vi } from "vitest";
import { evaluateValue, type ValueEvaluation } from "./index.ts";

vi.setConfig({ testTimeout: 60_000 });

const data = join(process.env.VINCULO_TEST_DATA ?? join(import.meta.dirname, "../../../../../shared/data"), "cdnow");
const isThere = existsSync(data);
if (!isThere) process.stderr.write(`SKIPPED: purchase models were not compared with what is published, ${data} is missing\n`);

const folder = mkdtempSync(join(tmpdir(), "vinculo-value-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Fader, Hardie, Lee 2005 and their notes; half a unit of the third decimal. */
function expectPublished({ bgNbd, paretoNbd }: ValueEvaluation): void {
  for (const [value, published] of [
    [bgNbd.r, 0.243],
    [bgNbd.alpha, 4.414],
    [bgNbd.a, 0.793],
    [bgNbd.b, 2.426],
    [paretoNbd.r, 0.553],
    [paretoNbd.alpha, 10.578],
    [paretoNbd.s, 0.606],
    [paretoNbd.beta, 11.669],
  ] as const)
    expect(value).toBeCloseTo(published, 3);
  expect(Math.abs(bgNbd.logLikelihood + 9582.43)).toBeLessThan(0.01);
  expect(Math.abs(paretoNbd.logLikelihood + 9594.97)).toBeLessThan(0.01);
}

test.runIf(isThere)("CDNOW's purchases: the published parameters, and what comes afterwards better than going on as before", () => {
  const evaluation = evaluateValue({ data: join(data, "CDNOW_sample.txt.gz") });
  expectPublished(evaluation);
  expect(evaluation).toMatchObject({
    rows: 6919,
    customers: 2357,
    repeatCustomers: 946,
    rowsLeftOut: {},
    period: { from: "1997-01-01", learnedUntil: "1997-09-30", to: "1998-06-30" },
    gammaGamma: { customers: 946 },
    holdout: { units: 39, purchases: 1882 },
  });
  expect(evaluation.gammaGamma?.p).toBeCloseTo(6.25, 2);
  expect(evaluation.gammaGamma?.q).toBeCloseTo(3.74, 2);
  expect(evaluation.gammaGamma?.gamma).toBeCloseTo(15.44, 2);
  const { bgNbd, paretoNbd, holdout } = evaluation;
  expect(bgNbd.holdout?.rootMeanSquare).toBeLessThan(holdout?.sameRate.rootMeanSquare ?? 0);
  expect(paretoNbd.holdout?.meanAbsolute).toBeLessThan(holdout?.sameRate.meanAbsolute ?? 0);
});

test.runIf(isThere)("CDNOW's summary: the same, its columns found and its rounded weeks read as days", () => {
  const path = join(data, "cdnow_customers_summary_with_transactions.csv.gz");
  const evaluation = evaluateValue({ data: path });
  expectPublished(evaluation);
  expect(evaluation).toMatchObject({ customers: 2357, unit: "week", period: null, holdout: null, gammaGamma: { customers: 946 } });
  // The same with other names for the columns, named by the person.
  const renamed = gunzipSync(readFileSync(path))
    .toString()
    .split("\n")
    .slice(0, 400)
    .join("\n")
    .replace("ID,x,t_x,T,zbar", "id;n;last;age;avg".replaceAll(";", ","));
  const named = evaluateValue({ data: file("named.csv", renamed), summary: "n,last,age,avg" });
  expect(named.customers).toBe(399);
});

const purchases = `when;who;cents
2024-01-01;ann;10.50
2024-01-01;ann;4.50
2024-01-20;ann;20.00
2024-01-25;bob;5.00
2024-02-10;bob;8.00
2024-02-11;bob;-8.00
2024-02-12;;9.00
31.02.2024;cy;1.00
2024-02-20;cy;x
2024-02-25;dee;7.00
2024-03-02;ann;6.00
2024-03-30;dee;6.00
`;

test("a purchase of a day is one, refunds and broken rows are left out and counted, newcomers do not judge", () => {
  const order = { customer: "who", date: "when", amount: "cents", until: "2024-02-20" };
  const evaluation = evaluateValue({
    data: file("good.csv", purchases.replace("31.02.2024;cy;1.00\n", "").replace("2024-02-20;cy;x\n", "")),
    ...order,
  });
  expect(evaluation).toMatchObject({
    rows: 10,
    rowsLeftOut: { "negative amount": 1, "no customer": 1 },
    customers: 2,
    repeatCustomers: 2,
    holdout: { purchases: 1, value: 6 },
  });
  expect(() => evaluateValue({ data: file("mixed.csv", purchases), ...order })).toThrow("written in no way known");
});

test("what is wrong with a file is said in a sentence", () => {
  const refused = (text: string, rest = {}) => expect(() => evaluateValue({ data: file("bad.csv", text), ...rest }));
  refused("").toThrow("is empty");
  refused("who,when,much\n").toThrow("No column looks like the date");
  refused("who,what\nann,bread\nann,milk\n").toThrow("No column looks like the date");
  refused("who,when,much\nann,2024-01-01,5\nbob,2024-01-09,5\n", { customer: "whom" }).toThrow('no column "whom"');
  refused("who,when,much\nann,2024-01-01,5\nbob,2024-01-09,5\n", { until: "2030-01-01" }).toThrow("--until lies outside");
  refused("who,when,much\nann,2024-01-01,5\nbob,2024-01-09,5\n").toThrow("No customer bought twice");
  refused("id,frequency,recency,T\n1,0,0,10\n2,1,99,10\n").toThrow("No customer bought twice");
  refused("id,frequency,recency,T\n1,0,0,10\n", { summary: "frequency,recency" }).toThrow("three or four columns");
});
