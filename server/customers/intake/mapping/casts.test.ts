import { describe, expect } from "vitest";
import { type CastRow, cast, plan, stage } from "../../../../tests/support/cast-rows.ts";
import { test } from "../../../../tests/support/database.ts";
import { sql } from "../../../platform/db/index.ts";
import { parseMapping, planFile } from "./index.ts";

const transactions = (fields: string) =>
  `    records:\n      - kind: transaction\n        key: id\n        fields: { holding: { value: h }, ${fields} }\n`;
const line = (values: CastRow[], ...names: string[]) =>
  values.map((row) => names.map((name) => (row[name] === null ? null : String(row[name]))));

describe("values", () => {
  test("money in minor units, exactly, or with the reason why not", async ({ tx }) => {
    const file = plan(["id", "d", "a"], transactions("booked_on: d, amount: { column: a, group: ',' }"), "defaults: { currency: EUR }");
    const given = [
      "1.00",
      "-0.50",
      "1234.5",
      "7",
      "(5.00)",
      "5.00-",
      "1,234,567.89",
      "۱۲٫۵۰",
      "92233720368547758.07",
      "92233720368547758.08",
      "1.234",
      "1_0.00",
      "1.e5",
      "0x1.00",
      "NaN",
      "abc",
      "",
      "1.230",
      "+5.00",
    ];
    const rows = await cast(
      tx,
      file,
      given.map((text, index) => [String(index), "2024-01-31", text]),
    );
    expect(line(rows, "amount", "problem_reason")).toEqual([
      ["100", null],
      ["-50", null],
      ["123450", null],
      ["700", null],
      ["-500", null],
      ["-500", null],
      ["123456789", null],
      ["1250", null],
      ["9223372036854775807", null],
      [null, "overflow"],
      [null, "too_many_decimals"],
      [null, "not_a_number"],
      [null, "not_a_number"],
      [null, "not_a_number"],
      [null, "not_a_number"],
      [null, "not_a_number"],
      [null, "missing_value"],
      [null, "too_many_decimals"],
      ["500", null],
    ]);
    expect(rows[10]).toMatchObject({ problem_field: "amount", problem_column: "a", problem_class: "number_like", key: "10" });
  });

  test("money in the currency of its row: no decimals for yen, three for dinars", async ({ tx }) => {
    const file = plan(["id", "d", "a", "c"], transactions("booked_on: d, amount: a, currency: c, balance_after: a"));
    const rows = await cast(tx, file, [
      ["1", "2024-01-31", "5", "JPY"],
      ["2", "2024-01-31", "5.125", "KWD"],
      ["3", "2024-01-31", "5.12", "eur"],
      ["4", "2024-01-31", "5.12", "JPY"],
      ["5", "2024-01-31", "5", "XQQ"],
    ]);
    expect(line(rows, "amount", "currency", "problem_reason", "problem_field")).toEqual([
      ["5", "JPY", null, null],
      ["5125", "KWD", null, null],
      ["512", "EUR", null, null],
      [null, "JPY", "too_many_decimals", "amount"],
      ["500", null, "unknown_currency", "currency"],
    ]);
  });

  test("signs by a code, by two columns, and in minor units", async ({ tx }) => {
    const header = ["id", "d", "a", "k", "i", "o"];
    const currency = "defaults: { currency: EUR }";
    const rows = [
      ["1", "2024-01-31", "5.00", "C", "5", ""],
      ["2", "2024-01-31", "5.00", "D", "", "7.50"],
      ["3", "2024-01-31", "5.00", "X", "", ""],
      ["4", "2024-01-31", "x", "C", "1", "x"],
    ];
    const byCode = plan(
      header,
      transactions("booked_on: d, amount: { column: a, sign: { column: k, credit: [C], debit: [D] } }"),
      currency,
    );
    expect(line(await cast(tx, byCode, rows), "amount", "problem_reason")).toEqual([
      ["500", null],
      ["-500", null],
      [null, "unknown_code"],
      [null, "not_a_number"],
    ]);
    const byColumn = plan(header, transactions("booked_on: d, amount: { credit: i, debit: o }"), currency);
    expect(line(await cast(tx, byColumn, rows), "amount", "problem_reason")).toEqual([
      ["500", null],
      ["-750", null],
      [null, "missing_value"],
      [null, "not_a_number"],
    ]);
    const cents = plan(header, transactions("booked_on: d, amount: { column: i, unit: minor }"), currency);
    expect(line(await cast(tx, cents, rows.slice(0, 1)), "amount")).toEqual([["5"]]);
  });

  test("dates in three calendars and any digits; the 30th of February of each is named as what it is", async ({ tx }) => {
    const read = async (format: string, texts: string[]) => {
      const file = plan(
        ["id", "d"],
        transactions(`booked_on: { column: d, ${format} }, amount: { value: "1" }`),
        "defaults: { currency: EUR }",
      );
      return line(
        await cast(
          tx,
          file,
          texts.map((text, index) => [String(index), text]),
        ),
        "booked_on",
        "problem_reason",
      ).map(([day, reason]) => reason ?? day);
    };
    expect(
      await read("format: YYYY-MM-DD", [
        "2024-02-29",
        "2024-02-30",
        "2023-02-29",
        "2024-2-5",
        "24-01-01",
        "x",
        "",
        "0x24-01-31",
        "2024-01-3_",
      ]),
    ).toEqual([
      "2024-02-29",
      "date_does_not_exist",
      "date_does_not_exist",
      "2024-02-05",
      "not_a_date",
      "not_a_date",
      "missing_value",
      "not_a_date",
      "not_a_date",
    ]);
    expect(
      await read("format: YYMMDD, century_from: 1930", ["300101", "290101", "0x1122", "+30101", "93_101", "930131", "931301"]),
    ).toEqual(["1930-01-01", "2029-01-01", "not_a_date", "not_a_date", "not_a_date", "1993-01-31", "date_does_not_exist"]);
    expect(await read("format: DD/MM/YYYY", ["31/12/1999", "5/1/2001", "31/04/2001"])).toEqual([
      "1999-12-31",
      "2001-01-05",
      "date_does_not_exist",
    ]);
    expect(await read("format: YYYY/MM/DD, calendar: jalali", ["1403/12/30", "۱۴۰۳/۰۱/۰۱", "1402/12/30", "1403/07/31"])).toEqual([
      "2025-03-20",
      "2024-03-20",
      "date_does_not_exist",
      "date_does_not_exist",
    ]);
    expect(await read("format: YYYYMMDD, calendar: hijri", ["14450901", "14450231", "14450930"])).toEqual([
      "2024-03-11",
      "date_does_not_exist",
      "2024-04-09",
    ]);
  });

  test("what a party says, its contact points and identifiers; a wrong check digit counts as not verified", async ({ tx }) => {
    const file = plan(
      ["id", "name", "sex", "tel", "nif"],
      `    records:
      - kind: party
        key: id
        fields: { kind: { value: person }, full_name: name, sex: { column: sex, codes: sex, default: other }, nationality: { value: ES } }
        details: { seen: sex }
        phones: [ { number: tel, purpose: mobile } ]
        identifiers: [ { scheme: national_id, number: nif } ]
`,
      "defaults: { country: ES }\ncodes: { sex: { M: male, F: female } }",
    );
    const rows = [
      ["1", "Ana Muñoz", "F", "600 123 456", "12345678-z"],
      ["2", "Luis", "?", "x", "12345678A"],
      ["3", "علی", "", "", ""],
    ];
    const [party, phone, identifier] = [await cast(tx, file, rows, 0), await cast(tx, file, rows, 1), await cast(tx, file, rows, 2)];
    expect(party[0]).toMatchObject({
      key: "1",
      sex: "female",
      details: { seen: "F" },
      search_terms: expect.arrayContaining(["ana", "munoz"]),
      problem_reason: null,
    });
    expect(line(party, "sex", "problem_reason", "problem_field")).toEqual([
      ["female", null, null],
      [null, "unknown_code", "sex"],
      ["other", null, null],
    ]);
    expect(line(phone, "key", "value", "normalised")).toEqual([
      ["1/phone/mobile", "600 123 456", "+34600123456"],
      ["2/phone/mobile", "x", null],
    ]);
    expect(line(identifier, "value", "country", "verified")).toEqual([
      ["12345678Z", "ES", "true"],
      ["12345678A", "ES", "false"],
    ]);
  });

  test("a lookup joins another file of the delivery, the first line wins, and no match is a blank", async ({ tx }) => {
    const mapping = parseMapping(`vinculo: 1
name: t
source: { code: t, name: T }
defaults: { currency: EUR }
files:
  - file: accounts.csv
    lookups:
      holder: { file: roles, key: account, equals: id, where: "upper(type) = 'OWNER'" }
      person: { file: people, key: id, equals: holder.client }
    records:
      - kind: holding
        key: id
        fields: { owner: holder.client, kind: { value: loan }, branch_code: person.branch }
  - { file: roles.csv, records: [] }
  - { file: people.csv, records: [] }
`);
    const accounts = planFile(mapping, 0, ["id"]);
    const headers = [[], ["account", "client", "type"], ["id", "branch"]];
    await stage(tx, "roles", planFile(mapping, 1, headers[1] ?? []), [
      ["a", "7", "owner"],
      ["a", "8", "OWNER"],
      ["b", "9", "other"],
    ]);
    await stage(tx, "people", planFile(mapping, 2, headers[2] ?? []), [["7", "north"]]);
    for (const { name, fileNo, select } of accounts.lookups) {
      await sql.raw(`create temp table l_${name} as ${select(name === "holder" ? "roles" : "people", headers[fileNo] ?? [])}`).execute(tx);
    }
    const rows = await cast(tx, accounts, [["a"], ["b"]], 0, { holder: "l_holder", person: "l_person" });
    expect(line(rows, "owner", "branch_code", "problem_reason", "problem_column")).toEqual([
      ["7", "north", null, null],
      [null, null, "missing_value", "holder.client"],
    ]);
    expect(() => accounts.lookups[0]?.select("roles", ["account", "type"])).toThrow("has no column client");
  });
});
