import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { readDelimited, readNumber, sampleRows } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "vinculo-delimited-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string | Buffer) {
  const path = join(folder, "file");
  writeFileSync(path, text);
  const { header, delimiter, rows } = readDelimited(path);
  return { header, delimiter, rows: [...rows] };
}

test("delimiter and header are found", () => {
  expect(read("a;b\r\n1;2\r\n\r\n3;4\r\n")).toEqual({ header: ["a", "b"], delimiter: ";", rows: [["1", "2"], ["3", "4"]] }); // biome-ignore format: one line
  expect(read(" 00004 0001 19970101  2   29.33\r\n 00004 0001 19970118  2   29.73\r\n")).toMatchObject({
    header: ["column1", "column2", "column3", "column4", "column5"],
    rows: [["00004", "0001", "19970101", "2", "29.33"], ["00004", "0001", "19970118", "2", "29.73"]], // biome-ignore format: one line
  });
  expect(read("2018-06-11 00:00:24,3711\n").header).toEqual(["column1", "column2"]);
  expect(read(gzipSync("id\tname\n1\tAna\n")).rows).toEqual([["1", "Ana"]]);
  const wide = Buffer.from("\ufeffid\tname\n1\t李\n", "utf16le");
  for (const bytes of [wide, Buffer.from(wide).swap16()])
    expect(read(bytes)).toMatchObject({ header: ["id", "name"], rows: [["1", "李"]] });
});

test("quoted cells hold delimiters, quotes and line breaks", () => {
  expect(read('a,b\n"1, ""one""",x\n"two\nlines" ,y\n').rows).toEqual([
    ['1, "one"', "x"],
    ["two\nlines", "y"],
  ]);
  expect(read('who  what\n"Ana Gil"   buys\n')).toMatchObject({ header: ["who", "what"], rows: [["Ana Gil", "buys"]] });
});

test("a row has the number of the line on which it begins, whatever stands before it", () => {
  const path = join(folder, "numbered");
  writeFileSync(path, 'a,b\n\n1,2\r\n"two\nlines",x\n3,4\n');
  expect([...readDelimited(path, { header: true }).numbered]).toEqual([
    [3, ["1", "2"]],
    [4, ["two\nlines", "x"]],
    [6, ["3", "4"]],
  ]);
});

test("an empty or missing file is refused in a sentence", () => {
  expect(() => read("")).toThrow("is empty");
  expect(() => read("\n \n")).toThrow("is empty");
  expect(() => readDelimited(join(folder, "none"))).toThrow("cannot be read");
});

test("a sample is of the whole file", () => {
  const path = join(folder, "many");
  writeFileSync(path, `n\n${Array.from({ length: 100 }, (_, at) => at).join("\n")}\n`);
  expect(sampleRows(readDelimited(path, { header: true }), 10).flat()).toEqual(["0", "10", "20", "30", "40", "50", "60", "70", "80", "90"]);
  expect(sampleRows(readDelimited(path, { header: true }), 1_000)).toHaveLength(100);
});

test("numbers with either decimal mark", () => {
  expect(["12.5", "12,50", "-3,1", "1e3", "7"].map(readNumber)).toEqual([12.5, 12.5, -3.1, 1000, 7]);
  for (const text of ["", "x", "1,234", "1,2,3"]) expect(readNumber(text)).toBeNaN();
});
