import { describe, expect, test } from "vitest";
import { addDays, daysBetween, daysToAnniversary, yearsBetween } from "./days.ts";

describe("days", () => {
  test("are counted across months and leap years", () => {
    expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
    expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
    expect(daysBetween("2026-03-01", "2026-02-28")).toBe(-1);
  });

  test("a birthday today is zero days away, and yesterday's is nearly a year", () => {
    expect(daysToAnniversary("1980-05-10", "2026-05-10")).toBe(0);
    expect(daysToAnniversary("1980-05-09", "2026-05-10")).toBe(364);
  });

  test("who was born on 29 February celebrates on the 28th in a common year", () => {
    expect(daysToAnniversary("2004-02-29", "2026-02-27")).toBe(1);
    expect(yearsBetween("2004-02-29", "2026-02-28")).toBe(22);
  });

  test("an age is completed years", () => {
    expect(yearsBetween("1980-05-10", "2026-05-09")).toBe(45);
    expect(yearsBetween("1980-05-10", "2026-05-10")).toBe(46);
  });
});
