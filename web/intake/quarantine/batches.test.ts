import { expect, test } from "vitest";
import { batchesOf } from "./batches.ts";

const row = (quarantineId: string, currency: string | null, more: object = {}) => ({
  quarantineId,
  version: 1,
  loadNo: 1,
  file: "a.csv",
  column: "currency" as string | null,
  raw: { id: quarantineId, currency },
  ...more,
});
const fix = { wrong: "EURO", right: "EUR", batchMax: 2 };

test("only rows that say exactly the wrong value are changed, and only in that column", () => {
  const batches = batchesOf([row("1", "EURO"), row("2", "EUROS"), row("3", "EURO", { column: null })], fix);
  expect(batches).toEqual([[{ quarantineId: "1", version: 1, raw: { id: "1", currency: "EUR" } }]]);
});

test("rows of different files and loads never share a batch, and no batch is too large", () => {
  const rows = [row("1", "EURO"), row("2", "EURO"), row("3", "EURO"), row("4", "EURO", { file: "b.csv" }), row("5", "EURO", { loadNo: 2 })];
  expect(batchesOf(rows, fix).map((batch) => batch.map((one) => one.quarantineId))).toEqual([["1", "2"], ["3"], ["4"], ["5"]]);
});

test("a blank is a value that can be replaced", () => {
  expect(batchesOf([row("1", null), row("2", "")], { ...fix, wrong: "" })[0]).toHaveLength(2);
});
