import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../../platform/random/index.ts";
import {
  adverseImpact,
  areaUnderCurve,
  brierScore,
  calibrationOf,
  categoryColumn,
  characteristicStability,
  columnStability,
  logLoss,
  numberColumn,
  numberStability,
  rankingOf,
  stabilityIndex,
} from "../index.ts";

const scored = fc
  .array(fc.record({ event: fc.boolean(), score: fc.integer({ min: 0, max: 8 }) }), { minLength: 2, maxLength: 40 })
  .filter((rows) => rows.some(({ event }) => event) && rows.some(({ event }) => !event));

test("AUC is the share of pairs in the right order, ties half", () => {
  fc.assert(
    fc.property(scored, (rows) => {
      const events = rows.filter(({ event }) => event);
      const others = rows.filter(({ event }) => !event);
      const won = events.flatMap((a) => others.map((b) => (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0)));
      const exact = won.reduce<number>((sum, part) => sum + part, 0) / won.length;
      const auc = areaUnderCurve(
        Float64Array.from(rows, ({ event }) => Number(event)),
        Float64Array.from(rows, ({ score }) => score),
      );
      expect(auc).toBeCloseTo(exact, 12);
    }),
  );
});

test("the order of the rows changes no measure", () => {
  fc.assert(
    fc.property(scored, (rows) => {
      const measure = (list: typeof rows) =>
        rankingOf(
          Float64Array.from(list, ({ event }) => Number(event)),
          Float64Array.from(list, ({ score }) => score),
        );
      const [there, back] = [measure(rows), measure(rows.toReversed())];
      for (const name of ["auc", "averagePrecision", "ks", "liftAt10"] as const) expect(back[name]).toBeCloseTo(there[name], 12);
    }),
  );
});

test("ranking measures of a small example worked by hand", () => {
  const target = Float64Array.of(1, 0, 1, 0, 0, 0, 0, 0, 0, 0);
  const scores = Float64Array.of(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  const { auc, averagePrecision, ks, liftAt10 } = rankingOf(target, scores);
  expect(auc).toBeCloseTo(15 / 16, 12);
  expect(averagePrecision).toBeCloseTo((1 + 2 / 3) / 2, 12);
  expect(ks).toBeCloseTo(7 / 8, 12);
  expect(liftAt10).toBeCloseTo(5, 12);
});

test("ranking one class is refused, not answered with a number", () => {
  expect(() => rankingOf(Float64Array.of(1, 1), Float64Array.of(0.2, 0.9))).toThrow("both classes");
});

test("log-loss and Brier of chances worked by hand, a certain mistake included", () => {
  const target = Float64Array.of(1, 0);
  expect(logLoss(target, Float64Array.of(0.8, 0.4))).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, 12);
  expect(brierScore(target, Float64Array.of(0.8, 0.4))).toBeCloseTo((0.04 + 0.16) / 2, 12);
  expect(logLoss(Float64Array.of(1), Float64Array.of(0))).toBeCloseTo(-Math.log(1e-15), 6);
});

test("honest chances have slope 1 and intercept 0; twice too sure ones half the slope", () => {
  const random = seededRandom(3);
  const odds = Float64Array.from({ length: 40_000 }, () => 4 * random() - 2);
  const target = odds.map((value) => Number(random() < 1 / (1 + Math.exp(-value))));
  const honest = calibrationOf(
    target,
    odds.map((value) => 1 / (1 + Math.exp(-value))),
  );
  expect(honest.slope).toBeCloseTo(1, 1);
  expect(honest.intercept).toBeCloseTo(0, 1);
  expect(honest.expectedError).toBeLessThan(0.02);
  expect(honest.bins.map(({ rows }) => rows)).toEqual(new Array(10).fill(4000));
  const sure = calibrationOf(
    target,
    odds.map((value) => 1 / (1 + Math.exp(-2 * value))),
  );
  expect(sure.slope).toBeCloseTo(0.5, 1);
});

test("the stability index is 0 for equal shares, known for known ones, and finite for an empty bin", () => {
  expect(stabilityIndex([10, 20], [100, 200])).toBe(0);
  expect(stabilityIndex([50, 50], [60, 40])).toBeCloseTo(0.1 * Math.log(0.6 / 0.5) - 0.1 * Math.log(0.4 / 0.5), 12);
  expect(stabilityIndex([50, 50], [100, 0])).toBeGreaterThan(1);
  expect(stabilityIndex([50, 50], [100, 0])).toBeLessThan(10);
});

test("missing values that appear are a shift of a number and of a category", () => {
  const random = seededRandom(5);
  const values = Float64Array.from({ length: 2000 }, random);
  expect(
    numberStability(
      values,
      values.map((value) => (value < 0.3 ? Number.NaN : value)),
    ),
  ).toBeGreaterThan(0.25);
  const words = Array.from(values, (value) => (value < 0.5 ? "a" : "b"));
  const gone = words.map((word, row) => (row % 3 === 0 ? null : word));
  expect(columnStability(categoryColumn("x", words), categoryColumn("x", gone))).toBeGreaterThan(0.25);
  expect(columnStability(categoryColumn("x", words), categoryColumn("x", words.toReversed()))).toBeLessThan(0.001);
  expect(() => columnStability(categoryColumn("x", words), numberColumn("x", values))).toThrow(TypeError);
});

test("characteristic stability is the shift of the average points", () => {
  expect(characteristicStability([50, 50], [60, 40], [10, 30])).toBeCloseTo(-2, 12);
});

test("four fifths: a group selected at 60 % of the best group's rate is adverse, a small one is not judged", () => {
  const groups = [...new Array(100).fill("a"), ...new Array(100).fill("b"), ...new Array(10).fill("c"), null];
  const selected = [
    ...new Array(100).fill(0).map((_, row) => Number(row < 50)),
    ...new Array(100).fill(0).map((_, row) => Number(row < 30)),
  ];
  const impact = adverseImpact(groups, [...selected, ...new Array(10).fill(0), 1]);
  expect(impact.map(({ group, isAdverse }) => [group, isAdverse])).toEqual([
    ["a", false],
    ["b", true],
    ["c", false],
  ]);
  expect(impact[1]?.ratio).toBeCloseTo(0.6, 12);
});
