import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanText, cleanUserAgent, readCursor, refusedSubjects, writeCursor } from "./rules.ts";

test("AC-47: text from outside becomes one line of bounded length, whatever is in it, and stays text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      const clean = cleanText(text);
      expect(clean.length).toBeLessThanOrEqual(200);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(clean).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      expect(clean.isWellFormed()).toBe(true);
    }),
    { numRuns: 50 },
  );
  expect([cleanUserAgent(null), cleanUserAgent(""), cleanUserAgent("Mozilla/5.0")]).toEqual([null, null, "Mozilla/5.0"]);
});

test("a cursor is one this list wrote, and nothing else", () => {
  const cursor = writeCursor("2026-03-15T09:30:00.000001Z", "42");
  expect(readCursor(cursor)).toEqual({ at: "2026-03-15T09:30:00.000001Z", eventId: "42" });
  for (const text of ["", "42", `${cursor}'`, "2026-03-15_1", `x${cursor}`]) expect(readCursor(text)).toBeNull();
});

test("a refused request is about what its path names first", () => {
  const id = "018f0000-0000-7000-8000-000000000001";
  expect(refusedSubjects({ customerId: id, partyId: id })).toEqual({ kind: "customer", ids: [id] });
  expect(refusedSubjects({ sourceRecordId: id.toUpperCase() })).toEqual({ kind: "source_record", ids: [id] });
  expect(refusedSubjects({ customerId: "'; drop" })).toEqual({ kind: "endpoint", ids: [] });
});
