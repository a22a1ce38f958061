import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { blinder, keyNoOf, openValue, SealedValueBroken, sealValue } from "./envelope.ts";

const key = Buffer.alloc(32, 7);
const place = { column: "customers.identifier.sealed_value", rowId: "019b-row" };

test("any text opens again where it was sealed, and names its key", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }), (text, keyNo) => {
      const sealed = sealValue(key, keyNo, place, text);
      expect(keyNoOf(sealed)).toBe(keyNo);
      expect(openValue(key, place, sealed)).toBe(Buffer.from(text, "utf8").toString("utf8"));
    }),
    { numRuns: 30 },
  );
});

test("the same text is never sealed alike", () => {
  expect(sealValue(key, 1, place, "X1234567L").equals(sealValue(key, 1, place, "X1234567L"))).toBe(false);
});

test("a value moved to another row, column or key, or changed in any byte, does not open", () => {
  const sealed = sealValue(key, 1, place, "X1234567L");
  const refuses = (open: () => unknown) => expect(open).toThrow(SealedValueBroken);
  refuses(() => openValue(key, { ...place, rowId: "019b-other" }, sealed));
  refuses(() => openValue(key, { ...place, column: "customers.identifier.other" }, sealed));
  refuses(() => openValue(Buffer.alloc(32, 8), place, sealed));
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    refuses(() => openValue(key, place, changed));
  }
  for (const bytes of [0, 1, 32, sealed.length - 1]) refuses(() => openValue(key, place, sealed.subarray(0, bytes)));
});

test("a blind index is the beginning of the HMAC of the value, so the same for the same value and key alone", () => {
  const other = Buffer.alloc(32, 8);
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      const right = (secret: Buffer) => createHmac("sha256", secret).update(text, "utf8").digest().subarray(0, 16);
      expect(blinder(key)(text).equals(right(key))).toBe(true);
      expect(blinder(other)(text).equals(right(key))).toBe(false);
    }),
    { numRuns: 30 },
  );
});
