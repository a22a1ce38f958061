import fc from "fast-check";
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

test("AC-28: whatever is made of slashes, backslashes, escapes and other letters, one stays here", () => {
  const pieces = fc.constantFrom(
    "/",
    "\\",
    "//",
    "%2f",
    "%2F%2f",
    "%5c",
    "@",
    ":",
    "evil.example",
    "https:",
    "javascript:",
    "\t",
    "\n",
    "%09",
    ".",
    "..",
    "?",
    "#",
    "\u2044",
    "\uff0f",
    "\u3002",
    "customers",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const next = safeNextPath(parts.join(""));
      expect(next.startsWith("/") && !next.startsWith("//")).toBe(true);
      expect(new URL(next, "https://crm.bank.example").origin).toBe("https://crm.bank.example");
      expect(new URL(decodeURIComponent(next), "https://crm.bank.example").origin).toBe("https://crm.bank.example");
    }),
  );
});
