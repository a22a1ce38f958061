import { expect, test } from "vitest";
import { seededRandom } from "../../../platform/random/index.ts";
import { brierScore, calibrated, calibrationOf, fitIsotonic, fitPlatt } from "../index.ts";

/** Raw scores three times too sure, and outcomes. */
function overconfident(rows: number) {
  const random = seededRandom(9);
  const odds = Float64Array.from({ length: rows }, () => 5 * random() - 3);
  const target = odds.map((value) => Number(random() < 1 / (1 + Math.exp(-value))));
  return { scores: odds.map((value) => 3 * value + 1), target };
}

test("Platt's sigmoid undoes a stretched and shifted score", () => {
  const { scores, target } = overconfident(20_000);
  const platt = fitPlatt(scores, target);
  if (platt.kind !== "platt") throw new Error("another kind");
  expect(platt.slope).toBeCloseTo(1 / 3, 1);
  expect(platt.intercept).toBeCloseTo(-1 / 3, 1);
});

test("both calibrations bring chances near what happens, on rows they did not see", () => {
  const { scores, target } = overconfident(20_000);
  const [learn, judge] = [scores.subarray(0, 10_000), scores.subarray(10_000)];
  const truth = target.slice(10_000);
  const plain = judge.map((score) => 1 / (1 + Math.exp(-score)));
  for (const learnCalibration of [fitPlatt, fitIsotonic]) {
    const calibration = learnCalibration(learn, target.slice(0, 10_000));
    const chances = judge.map((score) => calibrated(calibration, score));
    expect(calibrationOf(truth, chances).expectedError).toBeLessThan(0.03);
    expect(brierScore(truth, chances)).toBeLessThan(brierScore(truth, plain));
  }
});

test("isotonic chances never fall as the score rises, and equal scores share one", () => {
  const calibration = fitIsotonic(Float64Array.of(1, 1, 2, 3, 3, 4, 5), Float64Array.of(0, 1, 0, 1, 0, 0, 1));
  const chances = [0, 1, 1.5, 2, 3, 4, 4.5, 5, 9].map((score) => calibrated(calibration, score));
  expect(chances).toEqual(chances.toSorted((a, b) => a - b));
  expect(calibrated(calibration, 5)).toBe(1);
});

test("scores that tell the classes apart without error still give chances, not endless ones", () => {
  const platt = fitPlatt(Float64Array.of(1, 2, 3, 4), Float64Array.of(0, 0, 1, 1));
  expect(calibrated(platt, 4)).toBeLessThan(1);
  expect(calibrated(platt, 4)).toBeGreaterThan(0.6);
});
