import { expect, test } from "vitest";
import { readMappingText, setColumn } from "./mapping-document.ts";

const text = `vinculo: 1
name: Core, nightly
source: { code: core, name: Core }
defaults: { delimiter: ";", date_format: DD.MM.YYYY }
codes:
  sex: { F: female, M: male }
files:
  - file: clients.csv # from the night run
    records:
      - kind: party
        key: client_no
        fields:
          kind: { value: person } # always people
          full_name: name
          sex: { column: sex, codes: sex }
          born_on:
            column: birth date
            format: YYMMDD
        phones: [ mobile, { number: office, purpose: work } ]
  - file: movements_*.csv
    records:
      - kind: transaction
        key: id
        fields: { holding: account, booked_on: date, amount: { column: amount, decimal: "," } }
`;

const pathOf = (file: number, name: string) => ["files", file, "records", 0, "fields", name];
const field = (of: string, file: number, name: string) =>
  readMappingText(of)?.files[file]?.records[0]?.fields.find((view) => view.name === name);

test("a mapping's text shows which column feeds which field, what is required, and on which line it stands", () => {
  expect(field(text, 0, "full_name")).toMatchObject({ required: true, line: 14, source: { how: "column", column: "name" } });
  expect(field(text, 0, "sex")).toMatchObject({ required: false, source: { how: "column", column: "sex", reading: "codes: sex" } });
  expect(field(text, 0, "kind")).toMatchObject({ source: { how: "constant", value: "person" } });
  expect(field(text, 0, "nationality")).toMatchObject({ line: null, source: { how: "nothing" } });
  expect(readMappingText(text)?.files[0]?.records[0]?.further.map((view) => [view.name, view.source])).toEqual([
    ["phones 1", { how: "column", column: "mobile", reading: "" }],
    ["phones 2 number", { how: "column", column: "office", reading: "" }],
  ]);
  expect(readMappingText(text)?.files[0]?.layout).toMatchObject({ delimiter: ";", date_format: "DD.MM.YYYY" });
  expect(readMappingText(text)?.files[0]?.text).toContain("office");
  expect(readMappingText(text)?.files[0]?.text).not.toContain("movements");
  expect(readMappingText(text)?.codes).toEqual({ sex: { F: "female", M: "male" } });
});

test("choosing another column changes that word and nothing else", () => {
  expect(setColumn(text, pathOf(0, "full_name"), "client_name")).toBe(text.replace("full_name: name", "full_name: client_name"));
  expect(setColumn(text, pathOf(0, "sex"), "gender")).toBe(text.replace("column: sex", "column: gender"));
  expect(setColumn(text, pathOf(0, "born_on"), "born")).toBe(text.replace("column: birth date", "column: born"));
  expect(setColumn(text, pathOf(1, "amount"), "sum")).toBe(text.replace("column: amount", "column: sum"));
});

test("a constant gives way to a column, and its comment stays", () => {
  expect(setColumn(text, pathOf(0, "kind"), "type")).toBe(text.replace("{ value: person } # always", "type # always"));
});

test("names that YAML would take for something else are quoted", () => {
  for (const name of ["a, b", "#1", "yes: no", "- x", "[a]", "12", "مبلغ کل"]) {
    const changed = setColumn(text, pathOf(1, "holding"), name);
    expect(field(changed, 1, "holding")?.source).toEqual({ how: "column", column: name, reading: "" });
  }
});

test("a field that stood nowhere is added beside the others, in block and in flow style", () => {
  const block = setColumn(text, pathOf(0, "nationality"), "land");
  expect(block).toBe(text.replace("            format: YYMMDD\n", "            format: YYMMDD\n          nationality: land\n"));
  const flow = setColumn(text, pathOf(1, "value_on"), "valuta");
  expect(flow).toBe(text.replace('decimal: "," } }', 'decimal: "," }, value_on: valuta }'));
});

test("a field without a column leaves the text, its neighbours stay", () => {
  expect(setColumn(text, pathOf(0, "full_name"), null)).toBe(text.replace("          full_name: name\n", ""));
  const without = setColumn(text, pathOf(0, "born_on"), null);
  expect(field(without, 0, "born_on")?.source).toEqual({ how: "nothing" });
  expect(readMappingText(without)?.files[0]?.records[0]?.further).toHaveLength(2);
});

test("text that is no mapping is shown as none and never rewritten", () => {
  expect(readMappingText("a: [")).toBeNull();
  expect(readMappingText("just words")).toBeNull();
  expect(setColumn("a: [", ["a"], "x")).toBe("a: [");
});
