import fc from "fast-check";
import { expect, test } from "vitest";
import { parseStrictJson } from "./strict-json.ts";

const reasonOf = (text: string): unknown => {
  try {
    return { read: parseStrictJson(text) };
  } catch (error) {
    return (error as { fields?: { reason: string }[] }).fields?.[0]?.reason;
  }
};

test.for([
  ["a key twice", '{"a":1,"a":2}', "duplicate_key"],
  ["a key twice in another spelling", '{"a":1,"\\u0061":2}', "duplicate_key"],
  ["__proto__", '{"__proto__":{"admin":true}}', "forbidden_key"],
  ["constructor", '{"constructor":{"prototype":{}}}', "forbidden_key"],
  ["NUL in a value", '{"a":"x\\u0000y"}', "nul"],
  ["NUL in a key", '{"a\\u0000":1}', "nul"],
  ["half a surrogate pair", '{"a":"\\ud83d"}', "lone_surrogate"],
  ["a number beyond what is exact", '{"a":9007199254740993}', "number_too_large"],
  ["an enormous number", "[1e308]", "number_too_large"],
  ["a number beyond a double", "[1e999]", "number_too_large"],
  ["ten thousand brackets", "[".repeat(10_000) + "]".repeat(10_000), "too_deep"],
  ["something after the end", "{} {}", "malformed"],
  ["an unterminated string", '{"a":"b', "malformed"],
  ["an unterminated escape", '"\\', "malformed"],
  ["a bare control character", '"a\nb"', "malformed"],
  ["a trailing comma", "[1,]", "malformed"],
  ["a leading zero", "[01]", "malformed"],
  ["NaN", "[NaN]", "malformed"],
  ["nothing", "", "malformed"],
] as const)("%s is refused", ([, text, reason]) => {
  expect(reasonOf(text)).toBe(reason);
});

test("what is accepted is read as JSON.parse reads it", () => {
  const value = fc
    .jsonValue({ maxDepth: 6 })
    .filter((each) => !/__proto__|constructor|prototype|\\u0000|\\ud[89a-f]/.test(JSON.stringify(each)));
  fc.assert(
    fc.property(value, (each) => {
      const text = JSON.stringify(each, null, 1);
      const read = reasonOf(text);
      if (read !== "number_too_large") expect(read).toEqual({ read: JSON.parse(text) });
    }),
  );
});

test("AC-48: whatever is sent, it is either refused or read as JSON.parse reads it", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0123456789abcdeftrn -+.E'), maxLength: 40 }), (text) => {
      const read = reasonOf(text);
      if (typeof read === "object") expect(read).toEqual({ read: JSON.parse(text) });
    }),
  );
});
