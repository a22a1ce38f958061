import { expect, test } from "vitest";
import { fitWidths } from "./fit-widths.ts";

const words = (width: number) => ({ width, chosen: false, figures: null });

test("a figure has the room it needs, even in a column that a person made narrower", () => {
  expect(fitWidths([words(200), { width: 170, chosen: false, figures: 231 }], 1000)).toEqual([200, 231]);
  expect(fitWidths([words(200), { width: 64, chosen: true, figures: 231 }], 1000)).toEqual([200, 231]);
  expect(fitWidths([words(200), { width: 170, chosen: false, figures: 231 }], 100)[1]).toBe(231);
});

test("words give way, each by its part, until all fits", () => {
  const fitted = fitWidths([words(300), words(200), { width: 150, chosen: false, figures: 90 }], 600);
  expect(fitted[2]).toBe(150);
  expect(fitted.reduce((all, one) => all + one)).toBeLessThanOrEqual(600);
  expect(fitted.reduce((all, one) => all + one)).toBeGreaterThan(596);
  expect((fitted[0] ?? 0) / 300).toBeCloseTo((fitted[1] ?? 0) / 200, 1);
});

test("words keep enough to say something, and a width that was chosen is kept", () => {
  expect(fitWidths([words(100), { width: 400, chosen: true, figures: null }], 200)).toEqual([72, 400]);
});

test("before the table has been measured, the page's own widths hold", () => {
  expect(fitWidths([words(300), words(200)], 0)).toEqual([300, 200]);
});
