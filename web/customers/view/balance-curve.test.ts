import { describe, expect, test } from "vitest";
import { sparkValues, sumCurve, trendOf } from "./balance-curve.ts";
import { givenHolding } from "./given-view.ts";

const series = (holdingId: string, ...points: [on: string, amountMinor: string][]) => ({
  holdingId,
  currency: "EUR",
  points: points.map(([on, amountMinor]) => ({ on, amountMinor })),
});

describe("a balance over time", () => {
  test("two balances are added on every day, and hold until they change", () => {
    const curve = sumCurve(
      [series("a", ["2026-01-01", "100"], ["2026-01-10", "300"]), series("b", ["2026-01-01", "50"], ["2026-01-05", "-50"])],
      [],
      "2026-01-01",
      "2026-01-31",
    );
    expect(curve).toHaveLength(31);
    expect(["01", "04", "05", "10", "31"].map((day) => curve.find((point) => point.date === `2026-01-${day}`)?.minor)).toEqual([
      "150",
      "150",
      "50",
      "250",
      "250",
    ]);
  });

  test("what was there before the window is where the curve begins", () => {
    const curve = sumCurve(
      [series("a", ["2025-06-01", "100"], ["2025-12-01", "700"], ["2026-01-15", "900"])],
      [],
      "2026-01-01",
      "2026-01-31",
    );
    expect(curve[0]).toEqual({ date: "2026-01-01", minor: "700" });
  });

  test("an account opened later adds nothing before, one whose history begins late is taken as it first was", () => {
    const holdings = [
      givenHolding({ holdingId: "new", openedOn: "2026-01-20" }),
      givenHolding({ holdingId: "old", openedOn: "2010-01-01" }),
    ];
    const curve = sumCurve(
      [series("new", ["2026-01-20", "1000"]), series("old", ["2026-01-10", "5"])],
      holdings,
      "2026-01-01",
      "2026-01-31",
    );
    expect([0, 18, 19, 30].map((day) => curve[day]?.minor)).toEqual(["5", "5", "1005", "1005"]);
  });

  test("amounts beyond what a floating number holds stay exact", () => {
    const curve = sumCurve(
      [series("a", ["2026-01-01", "9007199254740993"]), series("b", ["2026-01-01", "1"])],
      [],
      "2026-01-01",
      "2026-01-01",
    );
    expect(curve).toEqual([{ date: "2026-01-01", minor: "9007199254740994" }]);
  });

  test("a sparkline keeps its last value however much is left out", () => {
    const points = Array.from({ length: 1000 }, (_, index) => ({ amountMinor: String(index) }));
    const values = sparkValues(points);
    expect(values.length).toBeLessThanOrEqual(41);
    expect(values.at(-1)).toBe(999);
  });

  test("a debt paid down rises", () => {
    expect(trendOf([-1000, -500])).toBe("rising");
    expect(trendOf([1000, 1010])).toBe("level");
    expect(trendOf([])).toBe("level");
  });
});
