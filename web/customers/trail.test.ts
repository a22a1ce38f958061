import { expect, test } from "vitest";
import { neighboursOf } from "./trail.ts";

test("the neighbours of a customer are those beside it in the list one came from", () => {
  expect(neighboursOf(["a", "b", "c"], "b")).toEqual({ place: 2, previous: "a", next: "c" });
  expect(neighboursOf(["a", "b", "c"], "a")).toEqual({ place: 1, previous: null, next: "b" });
  expect(neighboursOf(["a", "b", "c"], "c")).toEqual({ place: 3, previous: "b", next: null });
});

test("who was opened from elsewhere has no neighbours", () => {
  expect(neighboursOf(["a"], "x")).toBeNull();
});
