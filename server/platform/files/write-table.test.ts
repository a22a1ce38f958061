import { buffer, text } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { originalCell, safeCell } from "./safe-cell.ts";
import { csvStream, type TableRow, xlsxStream } from "./write-table.ts";

const starts = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'", "''", ""];
const attack = fc
  .tuple(
    fc.constantFrom(...starts),
    fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("cmd|' /C calc'!A0", 'HYPERLINK("http://x")', "1+1")),
  )
  .map(([start, rest]) => `${start}${rest}`);
const computed = /^[=+\-@\t\r\n＝＋－＠]/;

/** RFC 4180, as a spreadsheet reads it. */
function parse(file: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  const body = file.replace(/^\uFEFF/, "");
  for (let found = cell.exec(body); found !== null; found = cell.exec(body)) {
    rows.at(-1)?.push(found[1] === undefined ? (found[2] ?? "") : found[1].replaceAll('""', '"'));
    if (found[3] === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

async function* once(rows: readonly TableRow[]) {
  yield rows;
}

describe("AC-45: nothing in a file is a formula", () => {
  test("no cell of any column, the header among them, begins as one; taking one apostrophe away gives back what was there", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(attack, attack, attack), { minLength: 1, maxLength: 8 }),
        async ([header = ["a", "b", "c"], ...rows]) => {
          const file = await text(csvStream({ header, pages: once(rows), about: [] }));
          const cells = parse(file);
          for (const cell of cells.flat()) expect(cell).not.toMatch(computed);
          expect(cells.map((row) => row.map(originalCell))).toEqual([header, ...rows].map((row) => [...row]));
        },
      ),
      { numRuns: 200 },
    );
  });

  test("safeCell and originalCell undo each other, and leave harmless text alone", () => {
    fc.assert(
      fc.property(attack, (value) => {
        expect(originalCell(safeCell(value))).toBe(value);
      }),
    );
    for (const plain of ["Müller", "'quoted'", "100-200", "a=b", "محمد", "王伟"]) expect(safeCell(plain)).toBe(plain);
  });

  test("numbers are digits and nothing else: what is none is refused, not written", async () => {
    const cell = (decimal: string) => text(csvStream({ header: ["n"], pages: once([[{ decimal }]]), about: [] }));
    expect(await cell("-12.50")).toBe("\uFEFFn\r\n-12.50\r\n");
    for (const wrong of ["-1+1", "=1", "1e5", "", "--1", "1 "]) await expect(cell(wrong)).rejects.toThrow("not a decimal number");
  });

  test("a workbook holds text as text, and money beyond fifteen digits exactly", async () => {
    const rows: TableRow[] = [["=1+1", { decimal: "-12.50" }, { decimal: "12345678901234567.89" }, null]];
    const stream = await xlsxStream({ header: ["@a", "b", "c", "d"], pages: once(rows), about: [["by", "=who"]] });
    const file = await buffer(stream);
    expect(file.subarray(0, 2).toString()).toBe("PK");
  });
});
