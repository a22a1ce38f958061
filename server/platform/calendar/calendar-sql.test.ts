import { readFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { sql, type Tx } from "../db/index.ts";
import { type CalendarId, calendarIds, type DateReading, dateExpression, fromIsoDate, parseDate } from "./index.ts";
import { sqlCalendarData } from "./sql-data.ts";

const DAY_MS = 86_400_000;
const rangeOf: Record<CalendarId, [first: string, last: string]> = {
  gregory: ["1890-01-01", "2110-12-31"],
  persian: ["1821-03-21", "2122-03-20"],
  "islamic-umalqura": ["1882-11-12", "2174-11-25"],
};

describe("dates of three calendars in the database", () => {
  test.for(calendarIds)(
    "every day of %s is the day the runtime's calendar says, and every other day number is null",
    async (calendar, { tx }) => {
      const [first, last] = rangeOf[calendar].map((iso) => Date.parse(iso)) as [number, number];
      const days = Array.from({ length: (last - first) / DAY_MS + 1 }, (_, index) =>
        new Date(first + index * DAY_MS).toISOString().slice(0, 10),
      );
      const numbers = days.map((iso) => fromIsoDate(calendar, iso));
      const { rows: wrong } = await sql`
      select given.iso from unnest(${days}::date[], ${numbers.map((day) => day?.year)}::int[], ${numbers.map((day) => day?.month)}::int[],
        ${numbers.map((day) => day?.day)}::int[]) as given (iso, y, m, d)
      where platform.date_in(${calendar}, y, m, d) is distinct from given.iso`.execute(tx);
      expect(wrong).toEqual([]);

      const years = [numbers[0]?.year, numbers.at(-1)?.year];
      const { rows: counted } = await sql<{ days: number; dates: number }>`
      select count(platform.date_in(${calendar}, y, m, d))::int as days, count(distinct platform.date_in(${calendar}, y, m, d))::int as dates
      from generate_series(${years[0]}::int, ${years[1]}::int) y, generate_series(-1, 14) m, generate_series(-1, 33) d`.execute(tx);
      expect(counted).toEqual([{ days: days.length, dates: days.length }]);
    },
  );

  test("out of bounds, absent numbers and unknown calendars are null, never an error", async ({ tx }) => {
    const { rows } = await sql<{ date: Date | null }>`
      select platform.date_in(calendar, y, m, d) as date from (values
        ('persian', 1199, 1, 1), ('persian', 1501, 1, 1), ('islamic-umalqura', 1299, 1, 1), ('islamic-umalqura', 1601, 1, 1), ('gregory', 0, 1, 1),
        ('gregory', 10000, 1, 1), ('gregory', -5, 1, 1), ('persian', 2147483647, 1, 1), ('gregory', 2024, null, 1), ('hebrew', 2024, 1, 1), (null, 2024, 1, 1)
      ) as given (calendar, y, m, d)`.execute(tx);
    expect(rows.map((row) => row.date)).toEqual(rows.map(() => null));
    expect(rows).toHaveLength(11);
  });

  test("the migration holds what the generator prints", () => {
    const migration = readFileSync(new URL("../../../db/migrations/0002_calendar.sql", import.meta.url), "utf8");
    const literals = sqlCalendarData().match(/'\{[^}]*\}'::int\[\]/g) ?? [];
    expect(literals).toHaveLength(3);
    expect(literals.filter((literal) => !migration.includes(literal))).toEqual([]);
  });
});

const texts = [
  "2024-03-05",
  "2024-02-29",
  "2023-02-29",
  "2024-02-30",
  "2024-3-5",
  "2024-13-01",
  "0000-01-01",
  "9999-12-31",
  "1402-12-29",
  "1402-12-30",
  "1445-09-30",
  "1445-10-30",
  "05/03/2024",
  "5/3/2024",
  "31/04/2024",
  "29/02/2024",
  "5.3.2024",
  "05.03.2024",
  "5.3.24",
  "31.12.1999",
  "240305",
  "991231",
  "990230",
  "20240305",
  "20240230",
  "13570101",
  "٠٥/٠٣/٢٠٢٤",
  "۱۴۰۲-۱۲-۱۵",
  "２０２４０３０５",
  " 2024-03-05 ",
  "2024-03-05\r",
  "2024-03-05 07:08:09",
  "2024-03-05 24:00:00",
  "2024-03-05 7:8:9.5",
  "2024-02-29T23:59:59.123456789",
  "2024-02-29T23:59:60",
  "2024-02-29T23:60:00",
  "5.3.2024 07:08",
  "",
  "  ",
  "abc",
  "today",
  "epoch",
  "infinity",
  "-024-03-05",
  "2024--3-05",
  "1_24-03-05",
  "0x24-03-05",
  "2024-03-05x",
  "2024-03-051",
  "Sept-05-24",
  "٪٪٪٪-٪٪-٪٪",
  "1/2/3",
  "2024.03.05",
  "05-03-2024",
  "15/12/1402",
  "12/15/1402",
  "15.12.1402",
  "1402-12-15 07:08:09",
  "1402-12-15T07:08:09",
  "5.12.1402 07:08",
  "5.3.7.2024",
  "5.3.2024.",
  "5.3.",
  "05.3.2024",
  "5.3.1850",
  "05.03.1850",
  "29.2.2023",
  "31.6.2024",
  "30.12.1402",
  "7.7.1403",
  "050324",
  "24/08/1445",
  "08/24/1445",
  "24.8.1445",
  "1445-08-24 07:08:09",
  "1445-08-24T07:08:09",
  "24.8.1445 07:08",
  "2024-03-05 07:08:09 ",
];
const formats = [
  "YYYY-MM-DD",
  "DD/MM/YYYY",
  "D.M.YYYY",
  "D.M.YY",
  "YYMMDD",
  "YYYYMMDD",
  "MM/DD/YYYY",
  "YYYY-MM-DD HH:mm:ss",
  "YYYY-MM-DDTHH:mm:ss",
  "D.M.YYYY HH:mm",
];

async function readAll(tx: Tx, reading: DateReading) {
  const { value, valid, moment } = dateExpression("given.text", reading);
  const { rows } = await sql<{ text: string | null; day: string | null; valid: boolean; moment: string | null }>`
    select given.text, to_char(${sql.raw(value)}, 'YYYY-MM-DD') as day, ${sql.raw(valid)} as valid, to_char(${sql.raw(moment)}, 'YYYY-MM-DD"T"HH24:MI:SS.US') as moment
    from unnest(${[...texts, null]}::text[]) as given (text)`.execute(tx);
  return rows;
}

describe("date text in the database", () => {
  test.for(calendarIds.flatMap((calendar) => formats.map((format) => ({ calendar, format }))))(
    "$format in $calendar is read exactly as by parseDate, and nothing raises",
    async ({ calendar, format }, { tx }) => {
      const reading = { calendar, format, pivotYear: calendar === "gregory" ? 1930 : 1350 };
      const rows = await readAll(tx, reading);
      const expected = [...texts, null].map((text) => {
        const parsed = text === null ? null : parseDate(text, reading);
        const isBlank = text === null || text.trim() === "";
        const [whole = "00:00:00", fraction = ""] = parsed?.time?.split(".") ?? [];
        return {
          text,
          day: parsed?.date ?? null,
          valid: isBlank || parsed !== null,
          moment: parsed === null ? null : `${parsed.date}T${whole}.${fraction.padEnd(6, "0")}`,
        };
      });
      expect(rows).toEqual(expected);
      expect(expected.filter((row) => row.day !== null).length).toBeGreaterThan(0);
    },
  );
});

describe("money text in the database", () => {
  const read = async (tx: Tx, text: string | null, marks: { decimal?: string; group?: string | null; digits?: number } = {}) => {
    const { decimal = ".", group = null, digits = 2 } = marks;
    const { rows } = await sql<{ minor: string | null }>`
      select platform.minor_units(given.text, ${decimal}, ${group}, ${digits})::text as minor from (values (${text}::text)) as given (text)`.execute(
      tx,
    );
    return rows[0]?.minor;
  };

  test("plain, grouped, local and negative numbers are exact", async ({ tx }) => {
    expect(await read(tx, "12.34")).toBe("1234");
    expect(await read(tx, "-0.05")).toBe("-5");
    expect(await read(tx, "12")).toBe("1200");
    expect(await read(tx, ".5")).toBe("50");
    expect(await read(tx, "+7.5")).toBe("750");
    expect(await read(tx, "1,234,567.89", { group: "," })).toBe("123456789");
    expect(await read(tx, "12,34,567.00", { group: "," })).toBe("123456700");
    expect(await read(tx, "1.234,56", { decimal: ",", group: "." })).toBe("123456");
    expect(await read(tx, "-1.234,56", { decimal: ",", group: "." })).toBe("-123456");
    expect(await read(tx, "-1,234", { group: "," })).toBe("-123400");
    expect(await read(tx, "1234,5", { decimal: "," })).toBe("123450");
    expect(await read(tx, "1\u00a0234,5", { decimal: ",", group: " " })).toBe("123450");
    expect(await read(tx, "1’234.50", { group: "'" })).toBe("123450");
    expect(await read(tx, "١٬٢٣٤٫٥٦")).toBe("123456");
    expect(await read(tx, "۱۲۳۴٫۵۶")).toBe("123456");
    expect(await read(tx, "１２.３４")).toBe("1234");
    expect(await read(tx, "12.34-")).toBe("-1234");
    expect(await read(tx, "(12.34)")).toBe("-1234");
    expect(await read(tx, "\u200e-12.34\u200e")).toBe("-1234");
    expect(await read(tx, "−12.34")).toBe("-1234");
    expect(await read(tx, " 12.34\r")).toBe("1234");
    expect(await read(tx, "1234", { digits: 0 })).toBe("1234");
    expect(await read(tx, "1.234", { digits: 3 })).toBe("1234");
    expect(await read(tx, "0.1", { digits: 8 })).toBe("10000000");
  });

  test("the largest and smallest bigint fit, one more does not", async ({ tx }) => {
    expect(await read(tx, "92233720368547758.07")).toBe("9223372036854775807");
    expect(await read(tx, "-92233720368547758.08")).toBe("-9223372036854775808");
    expect(await read(tx, "92233720368547758.08")).toBeNull();
    expect(await read(tx, "9".repeat(59))).toBeNull();
    expect(await read(tx, "9".repeat(100_000))).toBeNull();
    expect(await read(tx, `${"0".repeat(30)}1`)).toBe("100");
  });

  test("what is no amount of the currency is null, never an error and never rounded", async ({ tx }) => {
    const refused = [
      "",
      " ",
      "-",
      "()",
      ".",
      "5.",
      "1.234",
      "1.",
      "abc",
      "1e5",
      "0x1F",
      "NaN",
      "Infinity",
      "--5",
      "-5-",
      "(-5)",
      "1 234",
      "1,234",
      "1,23.4",
      "1.2.3",
      "5 EUR",
      "1_000",
    ];
    for (const text of refused) {
      expect(await read(tx, text), text).toBeNull();
    }
    expect(await read(tx, null)).toBeNull();
    expect(await read(tx, "1,23", { group: "," })).toBeNull();
    expect(await read(tx, "1,2345", { group: "," })).toBeNull();
    expect(await read(tx, "1,234.567", { group: "," })).toBeNull();
    expect(await read(tx, "1.234,567", { decimal: ",", group: "." })).toBeNull();
    expect(await read(tx, "1.23", { decimal: "," })).toBeNull();
    expect(await read(tx, "1.0", { digits: 0 })).toBeNull();
    expect(await read(tx, "1", { digits: 9 })).toBeNull();
    expect(await read(tx, "1", { digits: -1 })).toBeNull();
  });
});
