import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { MatchRecord } from "../matching/index.ts";
import { readTruthPairs } from "./read-truth.ts";

const folder = mkdtempSync(join(tmpdir(), "vinculo-truth-"));
afterAll(() => rmSync(folder, { recursive: true }));

const recordsOf = (source: string, ...keys: string[]): MatchRecord[] => keys.map((key) => ({ source, key, kind: "person" }));

function read(text: string, records: readonly MatchRecord[], isLink = false) {
  const path = join(folder, "pairs.csv");
  writeFileSync(path, text);
  return readTruthPairs(path, records, isLink);
}

describe("pairs of records by their keys", () => {
  test("count once however often they are named, a record with itself never; a label says which are one", () => {
    const records = recordsOf("first", "a", "b", "c");
    expect(read("left,right\na,b\nb,a\nc,c\n", records)).toEqual({ same: [[0, 1]], different: [] });
    expect(read("id_l,id_r,score\na,b,0.9\na,c,0.1\n", records)).toEqual({ same: [[0, 1]], different: [[0, 2]] });
  });

  test("are of both files where two are compared: the same key may stand in each", () => {
    const records = [...recordsOf("first core", "a", "b"), ...recordsOf("second cards", "a", "b")];
    expect(read("left,right\na,b\n", records, true)).toEqual({ same: [[0, 3]], different: [] });
  });

  test("are refused at their line when a key is nobody's, or that of several records: which was meant is not guessed", () => {
    const records = recordsOf("first", "a", "b", "a", "c");
    expect(() => read("left,right\nb,c\n\nb,x\n", records)).toThrow(/line 4: no record of the first file has the key "x"/);
    expect(() => read("left,right\nb,c\nc,a\n", records)).toThrow(/line 3: records 1 and 3 of the first file both have the key "a"/);
    // Of a key that no pair names nothing has to be told apart.
    expect(read("left,right\nb,c\n", records).same).toEqual([[1, 3]]);
  });

  test("are refused where the second file has the key twice, whatever the first has", () => {
    const records = [...recordsOf("first", "a", "b"), ...recordsOf("second", "b", "b")];
    expect(() => read("left,right\na,b\n", records, true)).toThrow(/line 2: records 1 and 2 of the second file both have the key "b"/);
    expect(() => read("left,right\nb,a\n", records, true)).toThrow(/line 2: no record of the second file has the key "a"/);
  });

  test("are refused when one line says they are one and another that they are not", () => {
    const records = recordsOf("first", "a", "b");
    expect(() => read("left,right,match\na,b,yes\nb,a,no\n", records)).toThrow(
      /line 3: b and a are said to be two, and the opposite in line 2/,
    );
  });
});
