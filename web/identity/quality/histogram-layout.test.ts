import { expect, test } from "vitest";
import { layHistogram } from "./histogram-layout.ts";

test("points that no pair has keep their place, and the tallest column fills the height", () => {
  const columns = layHistogram([
    { bits: -2, pairs: 3 },
    { bits: 1, pairs: 900 },
  ]);
  expect(columns.map(({ bits, pairs }) => [bits, pairs])).toEqual([
    [-2, 3],
    [-1, 0],
    [0, 0],
    [1, 900],
  ]);
  expect(columns[3]?.height).toBe(1);
  expect(columns[1]?.height).toBe(0);
});

test("what lies far out is gathered in the last column, and no pair is lost", () => {
  const columns = layHistogram(
    [
      { bits: 0, pairs: 1 },
      { bits: 4, pairs: 2 },
      { bits: 90, pairs: 5 },
    ],
    5,
  );
  expect(columns).toHaveLength(5);
  expect(columns.at(-1)).toMatchObject({ bits: 4, pairs: 7, isRest: true });
  expect(columns.filter(({ isRest }) => isRest)).toHaveLength(1);
});

test("nothing compared, nothing drawn", () => {
  expect(layHistogram([])).toEqual([]);
});
