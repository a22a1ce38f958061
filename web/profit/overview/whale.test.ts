import { expect, test } from "vitest";
import { layWhale, shareAt } from "./whale.ts";

const points = [
  { customers: 0, profit: 0 },
  { customers: 0.2, profit: 1.5 },
  { customers: 1, profit: 1 },
];

test("the curve runs along the reading direction, with zero, all and the peak in sight", () => {
  const left = layWhale(points, false);
  expect(left.line).toBe("0.0,400.0 200.0,22.6 1000.0,148.4");
  expect(layWhale(points, true).line).toBe("1000.0,400.0 800.0,22.6 0.0,148.4");
  expect([left.low, left.high]).toEqual([0, 1.59]);
});

test("a pointer stands for a share of customers, inside the plot and outside", () => {
  const box = { left: 100, width: 400 };
  expect([100, 300, 600, 0].map((x) => shareAt(x, box, false))).toEqual([0, 0.5, 1, 0]);
  expect(shareAt(200, box, true)).toBe(0.75);
});
