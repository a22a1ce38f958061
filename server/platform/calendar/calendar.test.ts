import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CalendarId, calendarIds, dateExpression, fromIsoDate, isDateFormat, parseDate, toIsoDate } from "./index.ts";

const boundsOf: Record<CalendarId, [first: string, last: string]> = {
  gregory: ["0001-01-01", "9999-12-31"],
  persian: ["1821-03-21", "2122-03-20"],
  "islamic-umalqura": ["1882-11-12", "2174-11-25"],
};

describe("conversion", () => {
  test.each(calendarIds)("every day of %s shows in Intl as what it converts to, and back", { timeout: 60_000 }, (calendar) => {
    const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
      timeZone: "UTC",
      year: "numeric",
      month: "numeric",
      day: "numeric",
    });
    const [first, last] = calendar === "gregory" ? ["1890-01-01", "2110-12-31"] : boundsOf[calendar];
    const wrong: string[] = [];
    for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) {
      const iso = new Date(at).toISOString().slice(0, 10);
      const day = fromIsoDate(calendar, iso);
      if (
        day === null ||
        `${day.month}/${day.day}/${day.year}` !== format.format(at).split(" ")[0] ||
        toIsoDate(calendar, day.year, day.month, day.day) !== iso
      ) {
        wrong.push(iso);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("known days", () => {
    expect(toIsoDate("persian", 1403, 1, 1)).toBe("2024-03-20");
    expect(toIsoDate("persian", 1357, 11, 22)).toBe("1979-02-11");
    expect(toIsoDate("islamic-umalqura", 1445, 9, 1)).toBe("2024-03-11");
    expect(fromIsoDate("islamic-umalqura", "2023-07-19")).toEqual({ year: 1445, month: 1, day: 1 });
  });

  test("days that do not exist are null", () => {
    expect(toIsoDate("gregory", 2023, 2, 29)).toBeNull();
    expect(toIsoDate("gregory", 1900, 2, 29)).toBeNull();
    expect(toIsoDate("gregory", 2000, 2, 29)).toBe("2000-02-29");
    expect(toIsoDate("gregory", 2024, 4, 31)).toBeNull();
    expect(toIsoDate("persian", 1403, 12, 30)).toBe("2025-03-20");
    expect(toIsoDate("persian", 1402, 12, 30)).toBeNull();
    expect(toIsoDate("persian", 1402, 7, 31)).toBeNull();
    expect(toIsoDate("islamic-umalqura", 1445, 9, 30)).toBe("2024-04-09");
    expect(toIsoDate("islamic-umalqura", 1445, 10, 30)).toBeNull();
    expect(toIsoDate("gregory", 2024, 13, 1)).toBeNull();
    expect(toIsoDate("gregory", 2024, 0, 1)).toBeNull();
    expect(toIsoDate("gregory", 2024.5, 1, 1)).toBeNull();
    expect(fromIsoDate("gregory", "2023-02-30")).toBeNull();
    expect(fromIsoDate("persian", "yesterday")).toBeNull();
  });

  test.each(["persian", "islamic-umalqura"] as const)("%s ends at its bounds instead of guessing", (calendar) => {
    const [first, last] = boundsOf[calendar];
    const outside = [Date.parse(first) - 86_400_000, Date.parse(last) + 86_400_000].map((at) => new Date(at).toISOString().slice(0, 10));
    expect([first, last].map((iso) => fromIsoDate(calendar, iso))).not.toContain(null);
    expect(outside.map((iso) => fromIsoDate(calendar, iso))).toEqual([null, null]);
  });
});

describe("reading text", () => {
  const read = (text: string, format: string, calendar: CalendarId = "gregory", pivotYear?: number) =>
    parseDate(text, { format, calendar, ...(pivotYear === undefined ? {} : { pivotYear }) });

  test("every format, in any digits", () => {
    const day = { date: "2024-03-05", time: null };
    expect(read("2024-03-05", "YYYY-MM-DD")).toEqual(day);
    expect(read("05/03/2024", "DD/MM/YYYY")).toEqual(day);
    expect(read("20240305", "YYYYMMDD")).toEqual(day);
    expect(read("5.3.2024", "D.M.YYYY")).toEqual(day);
    expect(read("240305", "YYMMDD", "gregory", 1930)).toEqual(day);
    expect(read("٠٥/٠٣/٢٠٢٤", "DD/MM/YYYY")).toEqual(day);
    expect(read("۱۴۰۲/۱۲/۱۵", "YYYY/MM/DD", "persian")).toEqual(day);
    expect(read("２０２４-０３-０５", "YYYY-MM-DD")).toEqual(day);
    expect(read(" 1445-08-24\r", "YYYY-MM-DD", "islamic-umalqura")).toEqual(day);
  });

  test("a time of day is kept as written, with its fraction", () => {
    expect(read("5.3.2024 07:08:09", "D.M.YYYY HH:mm:ss")).toEqual({ date: "2024-03-05", time: "07:08:09" });
    expect(read("2024-03-05T17:08:09.1230", "YYYY-MM-DDTHH:mm:ss")).toEqual({ date: "2024-03-05", time: "17:08:09.123" });
    expect(read("2024-03-05 17:08", "YYYY-MM-DD HH:mm")).toEqual({ date: "2024-03-05", time: "17:08:00" });
    expect(read("2024-03-05 24:00:00", "YYYY-MM-DD HH:mm:ss")).toBeNull();
    expect(read("2024-03-05 23:59:60", "YYYY-MM-DD HH:mm:ss")).toBeNull();
  });

  test("a two-digit year lies within a hundred years from the pivot, in years of its calendar", () => {
    expect(read("700101", "YYMMDD", "gregory", 1930)?.date).toBe("1970-01-01");
    expect(read("290101", "YYMMDD", "gregory", 1930)?.date).toBe("2029-01-01");
    expect(read("300101", "YYMMDD", "gregory", 1930)?.date).toBe("1930-01-01");
    expect(read("030101", "YYMMDD", "persian", 1350)?.date).toBe("2024-03-20");
    expect(() => read("700101", "YYMMDD")).toThrow("pivot");
  });

  test("text that does not fit is null, not a guess", () => {
    for (const text of [
      "",
      " ",
      "2024-02-30",
      "2024-3",
      "2024/03/05",
      "20240305",
      "2024-03-05x",
      "2024-03-050",
      "0000-01-01",
      "today",
      "-024-03-05",
    ]) {
      expect(read(text, "YYYY-MM-DD"), text).toBeNull();
    }
    expect(read("2024315", "YYYYMMDD")).toBeNull();
  });

  test("what is a format", () => {
    for (const format of [
      "YYYY-MM-DD",
      "DD/MM/YYYY",
      "YYMMDD",
      "YYYYMMDD",
      "D.M.YYYY",
      "MM/DD/YYYY",
      "DDMMYYYY",
      "YYYY-MM-DDTHH:mm:ss",
      "D.M.YY HH:mm",
    ]) {
      expect(isDateFormat(format), format).toBe(true);
    }
    for (const format of [
      "",
      "YYYY-MM",
      "YYYY-MM-DD-DD",
      "YYYY'MM'DD",
      "DD MMM YYYY",
      "YYYYMD",
      "DMYYYY",
      "HH:mm",
      "YYYY-MM-DD mm:HH",
      "YYYY-MM-DD; drop",
    ]) {
      expect(isDateFormat(format), format).toBe(false);
      expect(() => dateExpression("c", { format, calendar: "gregory" }), format).toThrow("no date format");
    }
  });

  test("every day written in a calendar reads back as itself", () => {
    const day = fc.record({
      calendar: fc.constantFrom(...calendarIds),
      at: fc.date({ min: new Date("1883-01-01"), max: new Date("2121-12-31"), noInvalidDate: true }),
    });
    fc.assert(
      fc.property(day, ({ calendar, at }) => {
        const iso = at.toISOString().slice(0, 10);
        const found = fromIsoDate(calendar, iso);
        const written = `${found?.day}.${found?.month}.${found?.year}`.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[Number(digit)] ?? "");
        expect(read(written, "D.M.YYYY", calendar)?.date).toBe(iso);
      }),
    );
  });
});
