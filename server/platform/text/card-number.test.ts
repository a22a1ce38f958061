import { describe, expect, test } from "vitest";
import { hasCardNumber, hideCardNumbers } from "./index.ts";

// The numbers that the schemes publish for tests.
const cards = {
  visa: "4111111111111111",
  mastercard: "5555555555554444",
  "mastercard of the second series": "2223003122003222",
  "american express": "378282246310005",
  diners: "30569309025904",
  discover: "6011111111111117",
  jcb: "3530111333300000",
  unionpay: "6200000000000005",
  maestro: "6759649826438453",
} as const;

describe("AC-66: a card number in a text", () => {
  test.each(Object.entries(cards))("%s is found in one piece and in groups", (_, card) => {
    const groups = card.length === 16 ? card.match(/.{4}/g) : [card.slice(0, 4), card.slice(4, 10), card.slice(10)];
    for (const written of [card, ...[" ", "-", ".", "\u00a0", "–"].map((sign) => groups?.join(sign) ?? "")]) {
      expect(hasCardNumber(written), written).toBe(true);
      expect(hasCardNumber(`Customer read ${written}, exp 12/27 123, to us.`), written).toBe(true);
      expect(hasCardNumber(`${written} 12 27 123`), written).toBe(true);
    }
  });

  test("is found in other digits, and between signs one does not see", () => {
    expect(hasCardNumber("٤١١١ ١١١١ ١١١١ ١١١١")).toBe(true);
    expect(hasCardNumber("کارت ۶۰۳۷۹۹۷۱۵۴۸۲۶۱۸۷")).toBe(hasCardNumber("6037997154826187"));
    expect(hasCardNumber("卡号４１１１１１１１１１１１１１１１。")).toBe(true);
    expect(hasCardNumber("4111\u200b1111\u200e1111\u20601111")).toBe(true);
  });

  test.each([
    ["a wrong check digit", "4111111111111112"],
    ["no prefix of a scheme", "1111111111111117"],
    ["too long", "41111111111111111111"],
    ["an account number", "ES91 2100 0418 4502 0005 1332, GB82 WEST 1234 5698 7654 32, DE89370400440532013000"],
    ["an account number whose groups look like a card", "AE07 4111 1111 1111 1111 111"],
    ["an id", "01a203e3-2234-7000-89b7-7c622d1ae13a a4111111111111111"],
    ["a time", "2026-11-22 15:23:51.411111 +00:00"],
    ["a phone number", "+34 600 111 222, 0034600111222"],
    ["an amount", "411.111.111,11 and 4,111,111,111,111,111"],
    ["nothing", ""],
    ["nothing but noughts", "0000000000000000"],
  ])("%s is none", (_, text) => {
    expect(hasCardNumber(text)).toBe(false);
  });

  test("gives way to its last four digits, and the rest of the text stays as it was", () => {
    expect(hideCardNumbers("Card 4111 1111 1111 1111, ref 12 34, and 378282246310005.")).toBe("Card ••••1111, ref 12 34, and ••••0005.");
    expect(hideCardNumbers("کارت ٤١١١-١١١١-١١١١-١١١١ در ۱۲ مرداد 🙂")).toBe("کارت ••••1111 در ۱۲ مرداد 🙂");
    expect(hideCardNumbers("🙂 4111\u200b1111\u200e1111\u20601111\u200b 7")).toBe("🙂 ••••1111\u200b 7");
    expect(hideCardNumbers("4111111111111111 4111 1111 1111 1111 12 27")).toBe("••••1111 ••••1111 12 27");
    for (const text of ["", "ES91 2100 0418 4502 0005 1332", "4111111111111112"]) expect(hideCardNumbers(text)).toBe(text);
    for (const card of Object.values(cards)) expect(hasCardNumber(hideCardNumbers(`x ${card} y ${card}`))).toBe(false);
  });

  test("a long text without one costs no more than its length", () => {
    expect(hasCardNumber("4".repeat(100_000))).toBe(false);
    expect(hasCardNumber("4 ".repeat(50_000))).toBe(false);
  });
});
