import { expect, test } from "vitest";
import { compare, type Past, rowsOf } from "./as-of-rows.ts";

const changedAt = "2026-01-01T00:00:00.000Z";
const value = (text: string) => ({ value: text, partyId: "p1", sourceName: "Core", changedAt, trust: 50, pinned: false });

function past(part: Partial<Past>): Past {
  return {
    knownAt: changedAt,
    validAt: null,
    customer: { customerId: "c1", customerNo: "C1", kind: "person", fullName: "Ana" },
    attributes: [{ attribute: "city", values: [value("Madrid"), value("Cádiz")], decidedBy: "recent" }],
    contactPoints: [],
    identifiers: [],
    records: [],
    ...part,
  };
}

test("of an attribute the value that counts is shown, of the rest everything", () => {
  const phone = (text: string) => ({ kind: "phone" as const, purpose: null, value: text, normalised: null, sources: ["Core"], changedAt });
  const rows = rowsOf(past({ contactPoints: [phone("1"), phone("2")] }));
  expect(rows.find(({ name }) => name === "city")?.values).toEqual(["Madrid"]);
  expect(rows.find(({ name }) => name === "phone")?.values).toEqual(["1", "2"]);
});

test("what changed, came or went differs, and what only stands in another order does not", () => {
  const one = past({ identifiers: [{ scheme: "passport", country: null, last4: "1234", verified: true, expiresOn: null, sources: [] }] });
  const other = past({
    attributes: [
      { attribute: "city", values: [value("Cádiz")], decidedBy: null },
      { attribute: "sex", values: [value("female")], decidedBy: null },
    ],
  });
  const differing = compare(one, other).filter(({ differs }) => differs);
  expect(differing.map(({ name, before, after }) => [name, before, after])).toEqual([
    ["city", ["Madrid"], ["Cádiz"]],
    ["sex", [], ["female"]],
    ["passport", ["•••• 1234"], []],
  ]);
  expect(compare(one, one).some(({ differs }) => differs)).toBe(false);
});
