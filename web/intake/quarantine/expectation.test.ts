import { expect, test } from "vitest";
import { exampleDate, expectationOf } from "./expectation.ts";

const mapping = `vinculo: 1
defaults: { date_format: DD.MM.YYYY, decimal: "," }
codes: { sex: { F: female, M: male, otherwise: blank } }
files:
  - file: clients_*.csv
    records:
      - kind: party
        key: id
        fields: { kind: k, full_name: name, born_on: { column: b, format: YYMMDD }, sex: { column: s, codes: sex }, customer_since: since }
  - file: moves.csv
    records:
      - kind: transaction
        key: id
        fields: { holding: acc, booked_on: d, amount: { column: a, unit: minor }, currency: c, balance_after: x }
`;
const party = (field: string | null) => expectationOf(mapping, { file: "clients_1.csv.gz", kind: "party", field });
const movement = (field: string) => expectationOf(mapping, { file: "moves.csv", kind: "transaction", field });

test("a date is expected as its field says, else as the file says", () => {
  expect(party("born_on")).toMatchObject({ what: "date", format: "YYMMDD", example: "251228" });
  expect(party("customer_since")).toMatchObject({ what: "date", format: "DD.MM.YYYY", example: "28.12.2025" });
  expect(exampleDate("D/M/YYYY HH:mm")).toBe("28/12/2025 14:05");
});

test("a code is expected in the words of the file where a list translates it, else in ours", () => {
  expect(party("sex")).toEqual({ what: "code", words: ["F", "M"] });
  expect(party("kind")).toEqual({ what: "code", words: ["person", "organisation"] });
});

test("money is expected with the marks and in the unit of the file", () => {
  expect(movement("balance_after")).toEqual({ what: "money", example: "1234,56" });
  expect(movement("amount")).toEqual({ what: "money", example: "123456" });
});

test("a reference says what it refers to, and a whole row expects nothing", () => {
  expect(movement("holding")).toEqual({ what: "holding" });
  expect(party(null)).toBeNull();
  expect(expectationOf(mapping, { file: "x", kind: "row", field: "born_on" })).toBeNull();
  expect(expectationOf("not: [", { file: "x", kind: "party", field: "born_on" })).toMatchObject({ what: "date", format: "YYYY-MM-DD" });
});
