import { describe, expect, test } from "vitest";
import { seededRandom } from "../../platform/random/index.ts";
import { forecast } from "./forecast.ts";
import { against, changesOf } from "./rules.ts";

const random = seededRandom(20261122);
/** Normal, by twelve uniform draws. */
const noise = () => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, 0) - 6;
const level = (months: number) => Array.from({ length: months }, () => 100_000 + 20_000 * noise());

describe("what comes next", () => {
  test("of what never moves is the same, without a range", () => {
    const same = { expected: 5000, low: 5000, high: 5000 };
    expect(forecast(Array(12).fill(5000))).toEqual({ months: [same, same, same], missed: null });
  });

  test("carries half of the drift on, as the method has it, and the range widens", () => {
    const rising = Array.from({ length: 24 }, (_, at) => 1000 * at + 300 * noise());
    const { months } = forecast(rising) ?? { months: [] };
    const [first, , third] = months;
    expect(((third?.expected ?? 0) - (first?.expected ?? 0)) / 2).toBeCloseTo(500, -2);
    expect((third?.high ?? 0) - (third?.low ?? 0)).toBeGreaterThan((first?.high ?? 0) - (first?.low ?? 0));
  });

  test("misses what varies around a level by less than saying the last month again, and its range holds about four of five", () => {
    let [missed, repeated, within] = [0, 0, 0];
    const trials = 400;
    for (let trial = 0; trial < trials; trial += 1) {
      const series = level(25);
      const next = series.pop() ?? 0;
      const told = forecast(series)?.months[0] ?? { expected: 0, low: 0, high: 0 };
      missed += Math.abs(told.expected - next);
      repeated += Math.abs((series.at(-1) ?? 0) - next);
      if (next >= told.low && next <= told.high) within += 1;
    }
    expect(missed).toBeLessThan(repeated * 0.85);
    expect(within / trials).toBeGreaterThan(0.7);
    expect(within / trials).toBeLessThan(0.9);
  });

  test("is nothing of five months, never below the floor, and tells how far it was out only where enough months are left", () => {
    expect(forecast([1, 2, 3, 4, 5])).toBeNull();
    const falling = [90, 60, 40, 20, 10, 5, 0, 0].map((value) => value * 1000);
    expect(forecast(falling, 0)?.months.every(({ low, expected }) => low >= 0 && expected >= 0)).toBe(true);
    expect(forecast(level(14))?.missed).toBeNull();
    expect(forecast(level(15))?.missed).toBeGreaterThan(0);
  });
});

describe("against the own past", () => {
  test("recent is the last three months, before the twelve before them, and six are needed", () => {
    expect(against([...Array(20).fill(9), ...Array(12).fill(4), 1, 2, 3])).toEqual({ recent: 2, before: 4 });
    expect(against([4, 4, 4, 4, 4, 1, 2, 3])).toEqual({ recent: 2, before: null });
  });

  test("what varies as it always did is no change; what leaves its range is, the farthest first", () => {
    const wild = [40, 2, 33, 11, 25, 3, 38, 9, 21, 5, 30, 8, 35, 4, 28];
    const stopped = [...Array(12).fill(6), 0, 0, 0];
    const fell = [10, 12, 11, 9, 10, 12, 11, 10, 9, 11, 10, 12, 4, 5, 4];
    const found = changesOf(
      new Map([
        ["card_count", wild],
        ["digital_count", fell],
        ["automatic_count", stopped],
      ]),
    );
    expect(found.map(({ measure }) => measure)).toEqual(["automatic_count", "digital_count"]);
  });

  test("what is too little to speak of is none", () => {
    const found = changesOf(
      new Map([
        ["branch_count", [...Array(12).fill(0), 1, 1, 1]],
        ["fee_minor", [...Array(12).fill(100), 900, 900, 900]],
      ]),
    );
    expect(found).toEqual([]);
  });
});
