import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { birthdaysWithin, isTooShort, lexeme, nameQuery, numberQueries, rank, readCursor, wholeWordsQuery, writeCursor } from "./rules.ts";

describe("a cursor", () => {
  test("comes back as it went out, whatever the name", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200, unit: "grapheme" }).filter((text) => !text.includes("\u0000") && text.length <= 300),
        fc.uuid(),
        (value, customerId) => {
          expect(readCursor(writeCursor({ value, customerId }), "name")).toEqual({ value, customerId });
        },
      ),
    );
  });

  test.each([
    ["not JSON", "nonsense", "name"],
    ["a value of another order", JSON.stringify(["Anna", "01a1ffdd-7eff-7000-80ac-e52d881cf1f6"]), "assets"],
    ["SQL in place of a date", JSON.stringify(["now()", "01a1ffdd-7eff-7000-80ac-e52d881cf1f6"]), "customerSince"],
    ["something that is no id", JSON.stringify(["1", "1 or true"]), "assets"],
    ["an object", JSON.stringify({ value: "1" }), "assets"],
  ] as const)("is refused when it holds %s", (_, text, sort) => {
    expect(readCursor(text, sort)).toBeNull();
  });
});

const forms = (number: string) => [`blind of ${number}`];

describe("a search", () => {
  test("joins words by AND and the spellings of a word by OR", () => {
    const words = [
      { term: "hossein", alternatives: ["~hsn."] },
      { term: "o'neil", alternatives: [] },
    ];
    expect(nameQuery(words)).toBe("('hossein':* | '~hsn.') & ('o''neil':*)");
    expect(nameQuery([])).toBeNull();
  });

  test("a sound that ends itself is looked for whole, and several words first as they were typed", () => {
    const words = [
      { term: "garcia", alternatives: ["~grc."] },
      { term: "lopez", alternatives: [] },
    ];
    expect(nameQuery(words)).toBe("('garcia':* | '~grc.') & ('lopez':*)");
    expect(wholeWordsQuery(words)).toBe("'garcia' & 'lopez'");
    expect(wholeWordsQuery(words.slice(1))).toBeNull();
  });

  test("a typed operator is text, never part of the query", () => {
    expect(lexeme("a' | '@x\\", true)).toBe("'a'' | ''@x\\\\':*");
  });

  test.each([
    ["+34 600 12 34 56", ["phone"]],
    ["0098 912 345 6789", ["phone", "account", "identifier", "source_key"]],
    ["C-100123", ["customer_number", "identifier", "source_key", "account"]],
    ["ES91 2100 0418 4502 0005 1332", ["account", "identifier", "source_key"]],
    ["ana@example.com", ["email"]],
    ["Ana López", []],
  ])("%s is tried as %j", (text, expected) => {
    const digits = text.replaceAll(/\D/g, "");
    expect(new Set(numberQueries(text, digits, forms).map(({ matchedBy }) => matchedBy))).toEqual(new Set(expected));
  });

  test("an identifier is only looked for whole, a phone and an account by their beginning", () => {
    const queries = Object.fromEntries(numberQueries("12345678", "12345678", forms).map(({ matchedBy, query }) => [matchedBy, query]));
    expect(queries.identifier).toBe("'iblind of 12345678'");
    expect(queries.phone).toContain(":*");
    expect(queries.account).toContain(":*");
  });

  test("one letter is too short, one Chinese character is not", () => {
    expect(["a", " م ", ""].map(isTooShort)).toEqual([true, true, true]);
    expect(["ab", "李"].map(isTooShort)).toEqual([false, false]);
  });

  test("ranks whole words before beginnings, and one's own customer before an equal one", () => {
    const base = { own: false, exactNumber: false, wordsWanted: ["ana"], weight: 0 };
    const whole = rank({ ...base, nameWords: ["ana", "ruiz"] });
    const begins = rank({ ...base, nameWords: ["anabel", "ruiz"] });
    const own = rank({ ...base, nameWords: ["ana", "ruiz"], own: true });
    expect(whole).toBeGreaterThan(begins);
    expect(own).toBeGreaterThan(whole);
  });
});

describe("birthdays within some days", () => {
  test("cross the end of the year", () => {
    expect(birthdaysWithin("2025-12-30", 3)).toEqual([1230, 1231, 101, 102]);
  });

  test("include 29 February on the 28th of a common year, and only then", () => {
    expect(birthdaysWithin("2026-02-27", 1)).toEqual([227, 228, 229]);
    expect(birthdaysWithin("2028-02-27", 1)).toEqual([227, 228]);
  });
});
