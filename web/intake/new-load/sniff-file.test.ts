import { expect, test } from "vitest";
import { cutRows, guessDelimiter } from "./cut-rows.ts";
import { rankMappings } from "./rank-mappings.ts";
import { guessEncoding, sniffFile } from "./sniff-file.ts";

const csv = "client_no;name;birth_date;mobile;Branch\n1;Ana Ruiz;31.12.1980;600111222;ES01\n2;Li Wei;01.02.1990;600333444;ES02\n";
const given = (name: string, content: BlobPart) => new File([content], name);
const bytesOf = (...bytes: number[]) => new Uint8Array(bytes);
const gzip = (text: string) => new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).blob();

test("a file shows its columns and first rows, plain and gzipped", async () => {
  for (const file of [given("a.csv", csv), given("a.csv.gz", await gzip(csv))]) {
    const sniffed = await sniffFile(file);
    expect(sniffed).toMatchObject({ format: "csv", encoding: "utf-8", delimiter: ";" });
    expect(sniffed.columns).toEqual(["client_no", "name", "birth_date", "mobile", "Branch"]);
    expect(sniffed.rows[0]?.[1]).toBe("Ana Ruiz");
  }
});

test("JSON lines show the paths of their values", async () => {
  const sniffed = await sniffFile(given("crm.jsonl", '{"id":7,"address":{"city":"Lima"}}\n{"id":8,"phones":[{"number":"1"}]}\n'));
  expect(sniffed.format).toBe("jsonl");
  expect(sniffed.columns).toEqual(["id", "address.city", "phones.0.number"]);
  expect(sniffed.rows).toEqual([
    ["7", "Lima", ""],
    ["8", "", "1"],
  ]);
});

test("line breaks, delimiters and quotes inside quoted values do not cut", () => {
  expect(cutRows('a,b\n"x, ""y""\nz",2\n', ",", 9, true)).toEqual([
    ["a", "b"],
    ['x, "y"\nz', "2"],
  ]);
  expect(guessDelimiter('a|b|c\n"1,2"|3|4\n', true)).toBe("|");
});

test("a row that the end of the beginning cuts off is not shown", () => {
  expect(cutRows("a,b\n1,2\n3,", ",", 9, false)).toEqual([
    ["a", "b"],
    ["1", "2"],
  ]);
});

test("encodings are told by their bytes", () => {
  expect(guessEncoding(new TextEncoder().encode("名称,金额"))).toBe("utf-8");
  expect(guessEncoding(bytesOf(97, 0, 98, 0, 44, 0, 99, 0))).toBe("utf-16le");
  expect(guessEncoding(bytesOf(0xc7, 0xe1, 0xc7, 0xd3, 0xe3, 0x2c, 0xe3, 0xcd, 0xe3, 0xcf))).toBe("windows-1256"); // الاسم,محمد
  expect(guessEncoding(bytesOf(0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xc0, 0xee, 0xce, 0xb0))).toBe("gb18030"); // 姓名,李伟
  expect(guessEncoding(bytesOf(...[..."José Muñoz, León"].map((letter) => letter.charCodeAt(0))))).toBe("latin1");
});

test("the stored mapping that knows most of the files comes first, one that knows none is not offered", async () => {
  const files = [await sniffFile(given("clients.csv", csv))];
  const mapping = (mappingId: string, file: string, column: string) => ({
    mappingId,
    name: mappingId,
    version: 1,
    text: `vinculo: 1\nfiles:\n  - file: ${file}\n    records:\n      - kind: party\n        key: ${column}\n        fields: { full_name: name }\n`,
  });
  const ranked = rankMappings(files, [mapping("other", "movements_*.csv", "id"), mapping("fits", "cl*.csv", "client_no")]);
  expect(ranked.map(({ mappingId, fits }) => [mappingId, fits])).toEqual([["fits", 1]]);
});
