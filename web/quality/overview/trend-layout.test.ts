import { expect, test } from "vitest";
import { layCurve } from "./trend-layout.ts";

test("one day is no course", () => {
  expect(layCurve([{ day: "2026-03-01", score: 90 }], false)).toBeNull();
  expect(layCurve([], false)).toBeNull();
});

test("time runs along the reading direction", () => {
  const days = [
    { day: "2026-03-01", score: 90 },
    { day: "2026-03-05", score: 95 },
  ];
  expect(layCurve(days, false)).toMatchObject({ points: "0.00,100.00 100.00,0.00", low: 90, high: 95 });
  expect(layCurve(days, true)?.points).toBe("100.00,100.00 0.00,0.00");
});

test("a day without a look leaves its place empty", () => {
  const days = ["2026-03-01", "2026-03-02", "2026-03-05"].map((day) => ({ day, score: 90 }));
  expect(
    layCurve(days, false)
      ?.points.split(" ")
      .map((point) => point.split(",")[0]),
  ).toEqual(["0.00", "25.00", "100.00"]);
});

test("scores that hardly move do not fill the height, and no scale passes a hundred", () => {
  const curve = layCurve(
    [
      { day: "2026-03-01", score: 99.9 },
      { day: "2026-03-02", score: 100 },
    ],
    false,
  );
  expect(curve).toMatchObject({ low: 95, high: 100 });
});
