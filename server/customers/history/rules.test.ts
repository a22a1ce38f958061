import { expect, test } from "vitest";
import { knownAt, validAt } from "./rules.ts";

const now = new Date("2026-03-15T09:30:00Z");

test("a day means its end, a moment itself", () => {
  expect(knownAt("2026-03-01", now)).toEqual(new Date("2026-03-01T23:59:59.999Z"));
  expect(knownAt("2026-03-01T12:00:00Z", now)).toEqual(new Date("2026-03-01T12:00:00Z"));
  expect(validAt("2024-02-29")).toEqual(new Date("2024-02-29T23:59:59.999Z"));
});

test("nothing is known of later than now, but things can be known that will be so later", () => {
  for (const day of [undefined, "2026-03-15", "2027-01-01"]) expect(knownAt(day, now)).toEqual(now);
  expect(validAt("2027-01-01")).toEqual(new Date("2027-01-01T23:59:59.999Z"));
  expect(validAt(undefined)).toBeNull();
});
