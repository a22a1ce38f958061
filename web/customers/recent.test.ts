import { expect, test } from "vitest";
import { putFirst, recentMax } from "./recent.ts";

test("who is opened again moves to the front and is not there twice", () => {
  expect(putFirst(["a", "b", "c"], "c")).toEqual(["c", "a", "b"]);
});

test("only so many are remembered, the oldest goes", () => {
  const full = Array.from({ length: recentMax }, (_, index) => `id-${index}`);
  expect(putFirst(full, "new")).toEqual(["new", ...full.slice(0, -1)]);
});
