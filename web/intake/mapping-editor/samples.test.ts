import { expect, test } from "vitest";
import { readMappingText } from "./mapping-document.ts";
import { sampleOf } from "./samples.ts";
import type { PreviewFile } from "./use-check.ts";

const text = `vinculo: 1
name: t
source: { code: t, name: T }
files:
  - file: f.csv
    records:
      - kind: balance
        fields: { holding: id, kind: { value: booked }, balance_on: d, amount: a, currency: c }
`;

function sampleOfAmount(values: Record<string, string | null>, reason: string | null = null) {
  const record = readMappingText(text)?.files[0]?.records[0];
  const field = record?.fields.find(({ name }) => name === "amount");
  if (!record || !field) throw new Error("the mapping has no amount");
  const preview: PreviewFile = {
    name: "f.csv",
    columns: ["id", "d", "a", "c"],
    rows: [{ line: 2, cells: ["7", "2025-01-31", "1.234,50", "EUR"] }],
    records: [
      { line: 2, kind: record.kind, key: null, values, problem: reason === null ? null : { reason, field: "amount", column: "a" } },
    ],
  };
  return sampleOf(preview, record, field);
}

test("an amount is told with its currency, for the server writes it in minor units", () => {
  expect(sampleOfAmount({ amount: "123450", currency: "EUR" })).toEqual({
    before: "1.234,50",
    after: "123450",
    currency: "EUR",
    problem: null,
  });
});

test("an amount whose currency could not be read is shown as the file says it, never as minor units", () => {
  expect(sampleOfAmount({ amount: "123450", currency: null })).toEqual({
    before: "1.234,50",
    after: "1.234,50",
    currency: null,
    problem: null,
  });
});
