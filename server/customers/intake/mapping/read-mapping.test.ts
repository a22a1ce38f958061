import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseMapping, planFile, readMapping } from "./index.ts";

const good = `vinculo: 1
name: Clients
source: { code: core, name: Core }
defaults: { currency: EUR }
codes:
  sex: { F: female, M: male }
files:
  - file: clients.csv
    records:
      - kind: party
        key: id
        fields: { kind: { value: person }, full_name: name, sex: { column: s, codes: sex } }
        phones: [ mobile ]
`;
const changed = (from: string, to: string) => readMapping(good.replace(from, to)).problems;

test("a mapping that is right is read, its codes exactly as written", () => {
  const { mapping, problems } = readMapping(good.replace("{ F: female, M: male }", "{ 01: female, no: male, 1.0: male }"));
  expect(problems).toEqual([]);
  expect(mapping?.codes?.sex).toEqual({ "01": "female", no: "male", "1.0": "male" });
});

test("the example in the documentation and the mapping of the Berka bank are right", () => {
  const page = readFileSync(new URL("../../../../docs/api/mapping.md", import.meta.url), "utf8");
  const example = /```yaml\n(vinculo: 1[\s\S]*?)```/.exec(page)?.[1] ?? "";
  expect(readMapping(example).problems).toEqual([]);
  expect(readMapping(readFileSync(new URL("../../../../docs/examples/berka/mapping.yaml", import.meta.url), "utf8")).problems).toEqual([]);
});

test.each([
  [
    "a misspelt key",
    "defaults:",
    "default:",
    { line: 4, column: 1, path: "default", message: "default is not known here; did you mean defaults?" },
  ],
  [
    "a misspelt kind",
    "kind: party",
    "kind: partty",
    { line: 10, path: "files[0].records[0].kind", message: "partty is not known; did you mean party?" },
  ],
  [
    "a misspelt field",
    "full_name:",
    "fullname:",
    { line: 12, path: "files[0].records[0].fields.fullname", message: "fullname is not known here; did you mean full_name?" },
  ],
  ["a missing key", "        key: id\n", "", { line: 10, path: "files[0].records[0].key", message: "is missing" }],
  [
    "an unknown code list",
    "codes: sex }",
    "codes: sx }",
    { line: 12, path: "files[0].records[0].fields.sex.codes", message: "there is no code list sx; did you mean sex?" },
  ],
  [
    "a constant that is no code",
    "value: person",
    "value: human",
    { path: "files[0].records[0].fields.kind", message: "human is none of person, organisation" },
  ],
  [
    "an encoding",
    "{ currency: EUR }",
    "{ encoding: utf8 }",
    { line: 4, path: "defaults.encoding", message: "utf8 is not known; did you mean utf-8?" },
  ],
  ["a currency", "currency: EUR", "currency: euro", { path: "defaults.currency" }],
  [
    "an expression",
    "full_name: name",
    `full_name: { expression: "conct(name)" }`,
    { path: "files[0].records[0].fields.full_name.expression", message: "there is no function conct; did you mean concat?" },
  ],
  [
    "types in an expression",
    "full_name: name",
    `full_name: { expression: "if(a > 5, b, c)" }`,
    { message: "a text is compared with a number; write integer(…) around the text" },
  ],
  [
    "a date format",
    "full_name: name",
    "full_name: name, born_on: { column: b, format: DD.MN.YY }",
    { path: "files[0].records[0].fields.born_on.format" },
  ],
  [
    "two ways at once",
    "full_name: name",
    "full_name: { column: a, value: b }",
    { message: "a value needs exactly one of column, value, expression, or credit with debit; this has several" },
  ],
  [
    "a lookup into nothing",
    "    records:",
    "    lookups: { o: { file: dips, key: a, equals: b } }\n    records:",
    { path: "files[0].lookups.o.file" },
  ],
  ["no YAML", "codes:", "codes: [", { path: "" }],
])("%s is said with line, field and a way out", (_name, from, to, expected) => {
  expect(changed(from, to)).toContainEqual(expect.objectContaining(expected));
});

test("everything wrong is said at once, in the order of the text", () => {
  const text = good.replace("source:", "sorce:").replace("codes: sex", "code: sex").replace("key: id", "kee: id");
  const found = readMapping(text).problems;
  expect(found.map((problem) => problem.path)).toEqual([
    "source",
    "sorce",
    "files[0].records[0].key",
    "files[0].records[0].kee",
    "files[0].records[0].fields.sex.code",
  ]);
  expect(found.map((problem) => problem.line)).toEqual([1, 3, 10, 11, 12]);
});

test("columns that the file lacks are refused with the nearest name", () => {
  const mapping = parseMapping(good);
  expect(planFile(mapping, 0, ["id", "name", "s", "mobile"]).header).toEqual(["id", "name", "s", "mobile"]);
  expect(() => planFile(mapping, 0, ["id", "nmae", "s"])).toThrow(
    expect.objectContaining({
      code: "invalid_input",
      detail: {
        problems: [
          {
            line: 12,
            column: 44,
            path: "files[0].records[0].fields.full_name",
            message: "the file has no column name; did you mean nmae?",
          },
          { line: 13, column: 19, path: "files[0].records[0].phones[0]", message: "the file has no column mobile; known are id, nmae, s" },
        ],
      },
    }),
  );
});

test("aliases that would blow up, endless text and any text at all end in problems, never in an error", () => {
  expect(readMapping(`a: &a [x,x]\nb: &b [*a,*a]\nfiles: [*b,*b]`).problems[0]?.message).toContain("anchors and aliases");
  expect(readMapping("x".repeat(2_000_001)).problems[0]?.message).toContain("longer than");
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.tuple(fc.nat(good.length), fc.string({ maxLength: 5 })).map(([at, text]) => good.slice(0, at) + text + good.slice(at + 2)),
      ),
      (text) => {
        const { mapping, problems } = readMapping(text);
        expect(mapping === null).toBe(problems.length > 0);
      },
    ),
    { numRuns: 300 },
  );
});
