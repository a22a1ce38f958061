import { expect, test } from "vitest";
import { seededRandom } from "../../../platform/random/index.ts";
import { categoryColumn, numberColumn, scoreLogistic, trainLogistic } from "../index.ts";
import { solveCholesky } from "./cholesky.ts";
import { fitLogistic } from "./fit-logistic.ts";

function drawn(rows: number) {
  const random = seededRandom(21);
  const values = Float64Array.from({ length: rows * 2 }, () => 4 * random() - 2);
  const target = Float64Array.from({ length: rows }, (_, row) => {
    const odds = -0.5 + 1.2 * (values[2 * row] as number) - 0.7 * (values[2 * row + 1] as number);
    return Number(random() < 1 / (1 + Math.exp(-odds)));
  });
  return { design: { rows, width: 2, values }, target };
}

test("known coefficients are recovered", () => {
  const { design, target } = drawn(40_000);
  const { intercept, coefficients, converged } = fitLogistic(design, target);
  expect(converged).toBe(true);
  expect(intercept).toBeCloseTo(-0.5, 1);
  expect(coefficients[0]).toBeCloseTo(1.2, 1);
  expect(coefficients[1]).toBeCloseTo(-0.7, 1);
});

test("at the fit the score equations hold: residuals are orthogonal to every column", () => {
  const { design, target } = drawn(2000);
  const { intercept, coefficients } = fitLogistic(design, target, null, { ridge: 0 });
  const sums = [0, 0, 0];
  target.forEach((value, row) => {
    const [a, b] = [design.values[2 * row] as number, design.values[2 * row + 1] as number];
    const off = value - 1 / (1 + Math.exp(-(intercept + a * (coefficients[0] as number) + b * (coefficients[1] as number))));
    [1, a, b].forEach((x, place) => {
      sums[place] = (sums[place] as number) + off * x;
    });
  });
  for (const sum of sums) expect(Math.abs(sum)).toBeLessThan(1e-3);
});

test("a row of weight two counts as two rows", () => {
  const { design, target } = drawn(500);
  const doubled = { rows: 1000, width: 2, values: Float64Array.from([...design.values, ...design.values]) };
  const twice = fitLogistic(doubled, Float64Array.from([...target, ...target]), null, { ridge: 2 });
  const weighted = fitLogistic(design, target, new Float64Array(500).fill(2), { ridge: 2 });
  expect(weighted.coefficients[0]).toBeCloseTo(twice.coefficients[0] as number, 8);
});

test("columns that repeat each other, and classes told apart without error, still end in finite numbers", () => {
  const values = Float64Array.of(1, 1, 2, 2, 3, 3, 4, 4);
  const { coefficients } = fitLogistic({ rows: 4, width: 2, values }, Float64Array.of(0, 0, 1, 1));
  expect(coefficients.every(Number.isFinite)).toBe(true);
});

test("Cholesky solves what it can and says what it cannot", () => {
  expect(solveCholesky(Float64Array.of(4, 2, 2, 3), Float64Array.of(2, 1))).toEqual(Float64Array.of(0.5, 0));
  expect(solveCholesky(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toBeNull();
});

test("missing numbers, infinite ones and categories never seen have a score", () => {
  const ages = Float64Array.from({ length: 400 }, (_, row) => (row % 7 === 0 ? Number.NaN : row % 50));
  const jobs = Array.from({ length: 400 }, (_, row) => (row % 11 === 0 ? null : `job${row % 3}`));
  const target = Float64Array.from({ length: 400 }, (_, row) => Number(row % 50 > 25));
  const table = { rows: 400, columns: [numberColumn("age", ages), categoryColumn("job", jobs)] };
  const model = trainLogistic(table, target);
  const odd = { rows: 2, columns: [numberColumn("age", [Infinity, Number.NaN]), categoryColumn("job", ["new", null])] };
  expect(scoreLogistic(model, odd).every(Number.isFinite)).toBe(true);
  expect(() => trainLogistic(table, new Float64Array(400))).toThrow("one class only");
});
