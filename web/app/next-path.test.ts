import { expect, test } from "vitest";
import { safeNextPath } from "./next-path.ts";

test("a path of this product is kept with its query", () => {
  expect(safeNextPath("/customers?filter=%7B%22match%22%3A%22all%22%7D")).toBe("/customers?filter=%7B%22match%22%3A%22all%22%7D");
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "/%2f%2fevil.example",
  "/%5cevil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "/\t/evil.example",
  "/%",
  "",
  undefined,
  7,
  "/sign-in?next=/",
])("%s never leads away from the product", (next) => {
  expect(safeNextPath(next)).toBe("/");
});
