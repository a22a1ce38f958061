import fc from "fast-check";
import { describe, expect } from "vitest";
import { cast, plan } from "../../../../tests/support/cast-rows.ts";
import { test } from "../../../../tests/support/database.ts";
import { sql } from "../../../platform/db/index.ts";

describe("whatever a file holds", () => {
  const everything = plan(
    ["a", "b", "c"],
    `    records:
      - kind: party
        key: a
        when: "not blank(a) or integer(b) > length(c)"
        fields: { kind: { value: person }, full_name: a, sex: b, born_on: { column: b, calendar: jalali }, nationality: b, language: c, changed_at: { column: c, format: iso }, customer_since: { column: c, format: DD.MM.YY }, deceased_on: { expression: "date(integer(slice(a, 1, 4)), digits(b), c)" } }
        details: { x: { column: c, codes: k }, y: { expression: "replace(concat(a, b), b, c)" } }
        phones: [ b ]
        emails: [ c ]
        identifiers: [ { scheme: lei, number: c, expires_on: b } ]
      - kind: holding
        key: b
        fields: { owner: a, kind: c, currency: b, amount: c, balance: { column: a, decimal: ",", group: "." }, rate: b, opened_on: { column: a, calendar: hijri, format: YYYYMMDD } }
      - kind: identifier
        fields: { party: a, scheme: { value: national_id }, country: b, value: c, verified: b }
      - kind: transaction
        key: { expression: "join('-', a, integer(b) * integer(c), coalesce(a, b), code(c, k))" }
        fields: { holding: a, booked_on: { column: b, format: YYYYMMDD }, value_on: { column: c, format: YYMMDD HH:mm }, amount: { credit: b, debit: c, decimal: ",", group: "." }, balance_after: { column: c, unit: minor, sign: { column: a, debit: [D] } } }
`,
    "codes: { k: { A: B, 'it''s': \"q'\\\\\", otherwise: keep } }\ndefaults: { currency: EUR, country: IR, blanks: [NULL, \"'\"] }",
  );
  const numbers = fc.oneof(
    fc.bigInt().map(String),
    fc.double().map(String),
    fc.tuple(fc.nat(), fc.nat(999)).map(([a, b]) => `${a}.${b}`),
  );
  const dates = fc
    .tuple(fc.nat(2100), fc.nat(40), fc.nat(40), fc.constantFrom("-", "", ".", "/"))
    .map(([y, m, d, mark]) => [String(y).padStart(4, "0"), String(m).padStart(2, "0"), String(d).padStart(2, "0")].join(mark));
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: "grapheme" }),
    numbers,
    dates,
    fc.constantFrom(
      "",
      "NULL",
      "EUR",
      "loan",
      "D",
      "%",
      "\\",
      "'",
      "infinity",
      "epoch",
      "now",
      "-0",
      "1e400",
      "0x10",
      "1_0",
      "9".repeat(400),
      "۱۴۰۳",
    ),
  );
  const cell = texts.map((text) => text.toWellFormed().replaceAll("\0", ""));

  test("a cast never raises, and each record is good or has its reason, field and class", async ({ tx }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 60 }), async (rows) => {
        for (const [record, { kind }] of everything.records.entries()) {
          const cast1 = await cast(tx, everything, rows, record);
          for (const row of cast1) {
            expect({ kind, ...row, ok: (row.problem_reason === null) === (row.problem_field === null) }).toMatchObject({ ok: true });
            expect(row.problem_reason === null || row.problem_class !== null).toBe(true);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test("no word of a mapping reaches SQL but as a quoted literal", async ({ tx }) => {
    const evil = `x'; drop table staged; --\\`;
    const yaml = JSON.stringify(evil);
    const file = plan(
      [evil, "b"],
      `    records:
      - kind: party
        key: ${yaml}
        when: ${JSON.stringify(`[${evil}] != '${evil.replaceAll("'", "''")}!'`)}
        fields: { kind: { value: person }, full_name: { column: ${yaml}, codes: k, default: ${yaml} }, segment: { value: ${yaml} } }
        details: { d: { column: ${yaml} } }
`,
      `codes: { k: { ${yaml}: ${yaml}, otherwise: ${yaml} } }\ndefaults: { blanks: [${yaml}] }`,
    );
    const [row] = await cast(tx, file, [["1", "2"]]);
    expect(row).toMatchObject({ key: "1", full_name: evil, segment: evil });
    expect((await sql<{ raw: object }>`select ${sql.raw(file.raw("s"))} as raw from staged s`.execute(tx)).rows[0]?.raw).toEqual({
      [evil]: "1",
      b: "2",
    });
  });

  test("an expression comes to the same row by row as in the database", async ({ tx }) => {
    const ascii = fc.oneof(
      fc.string({ unit: fc.constantFrom(..."abcXY 019-'"), maxLength: 8 }),
      fc.integer({ min: -200, max: 999_999 }).map(String),
      fc.constantFrom("", "930131", "935231"),
    );
    const column = fc.constantFrom("a", "b", "c");
    const { text } = fc.letrec<{ text: string; number: string; condition: string }>((tie) => ({
      text: fc.oneof(
        { maxDepth: 4 },
        column,
        fc.constantFrom("'x'", "''", "'9'"),
        fc.tuple(tie("text"), fc.integer({ min: 1, max: 4 })).map(([x, n]) => `slice(${x}, ${n}, ${n + 1})`),
        fc.tuple(tie("text"), tie("text")).map(([x, y]) => `concat(${x}, ${y})`),
        fc.tuple(tie("text"), tie("text")).map(([x, y]) => `join('-', ${x}, ${y})`),
        fc.tuple(tie("condition"), tie("text"), tie("text")).map(([c, x, y]) => `if(${c}, ${x}, ${y})`),
        tie("text").map((x) => `digits(${x})`),
        tie("text").map((x) => `upper(trim(${x}))`),
        fc.tuple(tie("text"), tie("text")).map(([x, y]) => `coalesce(${x}, ${y})`),
        tie("number").map((n) => `concat(${n})`),
        tie("text").map((x) => `concat(date(${x}, 'YYMMDD', 1900))`),
        fc.tuple(tie("text"), tie("text"), tie("text")).map(([x, y, z]) => `replace(${x}, ${y}, ${z})`),
        tie("text").map((x) => `code(${x}, k)`),
      ),
      number: fc.oneof(
        { maxDepth: 3 },
        fc.nat(99).map(String),
        tie("text").map((x) => `integer(${x})`),
        fc.tuple(tie("number"), fc.constantFrom("+", "-", "*", "/"), tie("number")).map(([x, o, y]) => `(${x} ${o} ${y})`),
        tie("text").map((x) => `length(${x})`),
      ),
      condition: fc.oneof(
        { maxDepth: 3 },
        fc.tuple(tie("text"), fc.constantFrom("=", "!=", "<", ">="), tie("text")).map(([x, o, y]) => `${x} ${o} ${y}`),
        fc.tuple(tie("number"), fc.constantFrom("=", "<", ">"), tie("number")).map(([x, o, y]) => `${x} ${o} ${y}`),
        tie("text").map((x) => `blank(${x})`),
        fc.tuple(tie("condition"), fc.constantFrom("and", "or"), tie("condition")).map(([x, o, y]) => `(${x} ${o} not (${y}))`),
        fc.tuple(tie("text"), tie("text")).map(([x, y]) => `${x} in (${y}, 'x')`),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.tuple(ascii, ascii, ascii), { minLength: 1, maxLength: 20 }), async (expression, rows) => {
        fc.pre(expression.length < 1500);
        const value = JSON.stringify(expression);
        // Search terms are computed row by row from the name: they tell what the expression came to there.
        const file = plan(
          ["a", "b", "c"],
          `    records:\n      - kind: party\n        key: { value: k }\n        fields: { kind: { value: person }, full_name: { expression: ${value} }, latin_name: { value: x } }\n`,
          "codes: { k: { a: b, X: '1', otherwise: blank } }",
        );
        const inSql = await cast(tx, file, rows);
        inSql.forEach((row, index) => {
          const cells = file.append?.inputs.map((input) => rows[index]?.[input] ?? "") ?? [];
          const computed =
            file.append
              ?.compute(cells, () => "")[0]
              ?.split("\u001f")
              .sort() ?? [];
          const failed = row.problem_reason !== null;
          const name = failed ? "" : String(row.full_name ?? "");
          const direct = plan(
            ["n"],
            "    records:\n      - kind: party\n        key: { value: k }\n        fields: { kind: { value: person }, full_name: n, latin_name: { value: x } }\n",
          )
            .append?.compute([name], () => "")[0]
            ?.split("\u001f")
            .sort();
          expect({ expression, cells, computed }).toEqual({ expression, cells, computed: direct });
        });
      }),
      { numRuns: 40 },
    );
  });
});
