import { expect, test } from "vitest";
import { addUp, heatOf, heatOfScore } from "./heat.ts";

test("nothing looked at has no heat; a single fault in a hundred is no longer good", () => {
  expect(heatOf(0, 0)).toBe("none");
  expect(heatOf(0, 100)).toBe("good");
  expect(heatOf(1, 100)).toBe("fair");
  expect(heatOf(5, 100)).toBe("warn");
  expect(heatOf(20, 100)).toBe("bad");
});

test("a score has the heat of what is missing to a hundred", () => {
  expect([heatOfScore(null), heatOfScore(100), heatOfScore(97), heatOfScore(40)]).toEqual(["none", "good", "fair", "bad"]);
});

test("counts add up side by side", () => {
  expect(
    addUp([
      { records: 3, failing: 1 },
      { records: 2, failing: 2 },
    ]),
  ).toEqual({ records: 5, failing: 3 });
});
