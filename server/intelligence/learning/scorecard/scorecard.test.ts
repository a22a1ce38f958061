import { expect, test } from "vitest";
import { seededRandom } from "../../../platform/random/index.ts";
import {
  areaUnderCurve,
  categoryColumn,
  numberColumn,
  PointsScorer,
  readModel,
  type ScorecardModel,
  trainScorecard,
  writeModel,
} from "../index.ts";

/** Applicants: the older and the better employed, the fewer bad; income is missing for the worst. */
function applicants(rows: number, seed = 2) {
  const random = seededRandom(seed);
  const age = Float64Array.from({ length: rows }, () => 18 + Math.floor(random() * 50));
  const job = Array.from({ length: rows }, () => ["clerk", "manager", "none", "worker"][Math.floor(random() * 4)] as string);
  const income = Float64Array.from({ length: rows }, () => (random() < 0.15 ? Number.NaN : 1000 + Math.floor(random() * 4000)));
  const bad = Float64Array.from({ length: rows }, (_, row) => {
    const odds = 0.2 - 0.05 * (age[row] as number) + (job[row] === "none" ? 1.5 : 0) + (Number.isNaN(income[row]) ? 1 : 0);
    return Number(random() < 1 / (1 + Math.exp(-odds)));
  });
  const table = { rows, columns: [numberColumn("age", age), categoryColumn("job", job), numberColumn("income", income)] };
  return { table, bad };
}

test("600 points are odds of 50 to 1, and 20 more double them", () => {
  const { table, bad } = applicants(4000);
  const scorer = new PointsScorer(trainScorecard(table, bad));
  const oddsAt = (points: number) => (1 - scorer.chanceOf(points)) / scorer.chanceOf(points);
  expect(oddsAt(600)).toBeCloseTo(50, 9);
  expect(oddsAt(620)).toBeCloseTo(100, 9);
  expect(oddsAt(580)).toBeCloseTo(25, 9);
});

test("a row's points are the sum of its bins' and say its chance; chances fit what happens", () => {
  const { table, bad } = applicants(8000);
  const model = trainScorecard(table, bad);
  const scorer = new PointsScorer(model);
  const points = scorer.pointsOfTable(table);
  const row = { age: 30, job: "none", income: null };
  expect(scorer.pointsOfRow(row)).toBeLessThan(scorer.pointsOfRow({ age: 60, job: "clerk", income: 3000 }));
  const first = {
    age: (table.columns[0] as { values: Float64Array }).values[0] as number,
    job: (table.columns[1] as { categories: readonly string[]; codes: Int32Array }).categories[0] as string,
    income: (table.columns[2] as { values: Float64Array }).values[0] as number,
  };
  expect(scorer.pointsOfRow(first)).toBeCloseTo(points[0] as number, 9);
  const mean = (list: Float64Array) => list.reduce((a, b) => a + b, 0) / list.length;
  expect(mean(scorer.chancesOfTable(table))).toBeCloseTo(mean(bad), 2);
  expect(areaUnderCurve(bad, scorer.chancesOfTable(table))).toBeGreaterThan(0.7);
});

test("missing values have a bin of their own; a category never seen costs nothing and gains nothing", () => {
  const { table, bad } = applicants(4000);
  const model = trainScorecard(table, bad);
  const income = model.characteristics.find(({ name }) => name === "income");
  const missing = income?.bins.find(({ isMissing }) => isMissing);
  expect(missing?.weightOfEvidence).toBeLessThan(-0.3);
  const scorer = new PointsScorer(model);
  const known = ["clerk", "manager", "none", "worker"].map((job) => scorer.pointsOfRow({ age: 40, job, income: 2000 }));
  const unseen = scorer.pointsOfRow({ age: 40, job: "astronaut", income: 2000 });
  expect(unseen).toBeGreaterThan(Math.min(...known));
  expect(unseen).toBeLessThan(Math.max(...known));
});

test("reasons are where most points were lost, most first", () => {
  const { table, bad } = applicants(4000);
  const scorer = new PointsScorer(trainScorecard(table, bad));
  const reasons = scorer.reasonsOf({ age: 60, job: "none", income: 2000 });
  expect(reasons[0]?.characteristic).toBe("job");
  expect(reasons.map(({ lost }) => lost)).toEqual(reasons.map(({ lost }) => lost).toSorted((a, b) => b - a));
  expect(scorer.reasonsOf({ age: 20, job: "none", income: null }, 2)).toHaveLength(2);
  expect(scorer.reasonsOf({ age: 66, job: "clerk", income: 4000 }, 4, "average").length).toBeLessThan(3);
});

test("a monotone characteristic's points never turn round, where the free one's do", () => {
  const random = seededRandom(8);
  const value = Float64Array.from({ length: 3000 }, () => random() * 10);
  const bad = value.map((x) => Number(random() < (x > 4 && x < 6 ? 0.5 : 0.4 - 0.03 * x)));
  const table = { rows: 3000, columns: [numberColumn("value", value)] };
  const points = (monotone: boolean) => trainScorecard(table, bad, { monotone }).characteristics[0]?.bins.map((bin) => bin.points) ?? [];
  const rising = points(true);
  expect(rising.length).toBeGreaterThan(1);
  expect(rising).toEqual(rising.toSorted((a, b) => a - b));
  const free = points(false);
  expect(free).not.toEqual(free.toSorted((a, b) => a - b));
});

test("the same rows give the same bytes, an altered card is refused, noise and one class are", () => {
  const { table, bad } = applicants(1000);
  const text = writeModel(trainScorecard(table, bad));
  expect(writeModel(trainScorecard(table, bad))).toBe(text);
  expect(new PointsScorer(readModel<ScorecardModel>(text, "scorecard")).pointsOfTable(table)).toEqual(
    new PointsScorer(trainScorecard(table, bad)).pointsOfTable(table),
  );
  expect(() => readModel(text.replace('"basePoints":600', '"basePoints":700'), "scorecard")).toThrow("altered");
  expect(() => trainScorecard(table, new Float64Array(1000))).toThrow("one class only");
  const constant = { rows: 1000, columns: [numberColumn("constant", new Float64Array(1000))] };
  expect(() => trainScorecard(constant, bad)).toThrow("no column tells anything");
});
