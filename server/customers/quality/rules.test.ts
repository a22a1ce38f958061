import { describe, expect, test } from "vitest";
import { measures, ruleNoOf } from "./measures.ts";
import { dayBefore, isDue, readWorkCursor, scoreOf, writeWorkCursor } from "./rules.ts";

describe("the score", () => {
  test("is the share of what is right, each rule by its weight", () => {
    expect(scoreOf([{ records: 10, failing: 5, weight: 1 }])).toBe(50);
    const [heavy, light] = [
      { records: 10, failing: 0, weight: 3 },
      { records: 10, failing: 10, weight: 1 },
    ];
    expect(scoreOf([heavy, light])).toBe(75);
  });

  test("is unknown, not perfect, where nothing was looked at or nothing counts", () => {
    expect(scoreOf([])).toBeNull();
    expect(scoreOf([{ records: 5, failing: 1, weight: 0 }])).toBeNull();
  });
});

describe("a place in a work list", () => {
  test("comes back as it was written, also of a customer who owes", () => {
    const place = { assetsMinor: "-1250", customerId: "01890000-0000-7000-8000-000000000001" };
    expect(readWorkCursor(writeWorkCursor(place))).toEqual(place);
  });

  test("that was made up is none", () => {
    for (const text of ["", "1", "x 01890000-0000-7000-8000-000000000001", "1 not-an-id", "1e9 01890000-0000-7000-8000-000000000001"])
      expect(readWorkCursor(text), text).toBeNull();
  });
});

test("a new look is due at first and when a fifth came or went, not after every load", () => {
  expect(isDue(100, null)).toBe(true);
  expect(isDue(119, 100)).toBe(false);
  expect(isDue(121, 100)).toBe(true);
  expect(isDue(79, 100)).toBe(true);
  expect(isDue(5, 0)).toBe(true);
});

test("days are counted back over the end of a month", () => {
  expect(dayBefore(new Date("2026-03-01T00:00:00Z"), 1)).toBe("2026-02-28");
});

test("no two rules share a number, and each fits into the set of bits", () => {
  const numbers = measures.map(({ ruleNo }) => ruleNo);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(Math.max(...numbers)).toBeLessThan(63);
  expect(ruleNoOf("conflict", "phone")).toBeNull();
});
