import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReportDefinition, ReportFigure } from "./contract.ts";
import { faultOf, maskSmall, nextMailAt, SMALL, windowOf } from "./rules.ts";

const definition: ReportDefinition = {
  ...{ over: "now", measures: [{ of: "customers", take: "count" }], rows: "tier", columns: null },
  ...{ filter: { match: "all", of: [] }, months: 12, compare: "none", show: "table" },
};
const measure = { of: "customers", kind: "customers", group: "person", months: null, takes: ["count", "share"] } as const;
const choices = {
  measures: [
    { ...measure, over: "now" as const, takes: [...measure.takes] },
    { ...measure, over: "months" as const, takes: [...measure.takes] },
  ],
  dimensions: new Set(["tier", "month", "branch"]),
};

describe("AC-36: a definition", () => {
  test("of what there is has no fault", () => {
    for (const part of [
      {},
      { columns: "branch" },
      { rows: null },
      { over: "months", rows: "month", compare: "year_before" },
    ] as Partial<ReportDefinition>[])
      expect(faultOf({ ...definition, ...part }, choices)).toBeNull();
  });

  test.for<Partial<ReportDefinition>>([
    { rows: "no_such" },
    { columns: "branch) --" },
    { columns: "tier" },
    { rows: null, columns: "tier" },
    { rows: "month" },
    { compare: "previous" },
    { measures: [{ of: "credit_score", take: "average" }] },
    { measures: [{ of: "customers", take: "sum" }] },
  ])("%j is refused", (part) => {
    expect(faultOf({ ...definition, ...part }, choices)).not.toBeNull();
  });
});

test("what is compared lies as many months before as were looked at, or a year", () => {
  expect(windowOf({ months: 3, compare: "none" }, 100)).toEqual({ from: 98, to: 100, shift: 0 });
  expect(windowOf({ months: 3, compare: "previous" }, 100)).toEqual({ from: 98, to: 100, shift: 3 });
  expect(windowOf({ months: 3, compare: "year_before" }, 100)).toEqual({ from: 98, to: 100, shift: 12 });
});

/** A table of counts with its totals, without the groups in which nobody is. */
function tableOf(counts: readonly (readonly number[])[]): ReportFigure[] {
  const figure = (row: number | null, column: number | null, customers: number): ReportFigure[] =>
    customers === 0 ? [] : [{ row, column, customers, values: [String(customers)], before: null }];
  const sum = (list: readonly number[]) => list.reduce((total, n) => total + n, 0);
  return [
    ...counts.flatMap((line, row) => [...line.flatMap((n, column) => figure(row, column, n)), ...figure(row, null, sum(line))]),
    ...(counts[0] ?? []).flatMap((_, column) => figure(null, column, sum(counts.map((line) => line[column] ?? 0)))),
    ...figure(null, null, sum(counts.flat())),
  ];
}

test("no figure of fewer than three customers is left, nor one that the others of its row or column tell", () => {
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
    );
  fc.assert(
    fc.property(table, (counts) => {
      const given = tableOf(counts);
      const { figures, masked } = maskSmall(given);
      const small = given.some(({ customers }) => customers !== null && customers < SMALL);
      expect(masked).toBe(small);
      for (const { customers, values } of figures) {
        expect(customers === null || customers >= SMALL).toBe(true);
        expect(values[0] === null).toBe(customers === null);
      }
      for (const key of ["row", "column"] as const)
        for (const at of [null, 0, 1, 2, 3, 4]) {
          const line = figures.filter((figure) => figure[key] === at);
          if (line.length > 1) expect(line.filter(({ customers }) => customers === null)).not.toHaveLength(1);
        }
    }),
  );
});

test("a mail goes out at the next six in the morning of its day, and never at once", () => {
  const at = (every: "day" | "week" | "month", now: string) => nextMailAt({ every, hour: 6, zone: "UTC" }, new Date(now)).toISOString();
  expect(at("day", "2026-03-15T05:59:59Z")).toBe("2026-03-15T06:00:00.000Z");
  expect(at("day", "2026-03-15T06:00:00Z")).toBe("2026-03-16T06:00:00.000Z");
  expect(at("week", "2026-03-15T09:00:00Z")).toBe("2026-03-16T06:00:00.000Z");
  expect(at("week", "2026-03-16T06:00:00Z")).toBe("2026-03-23T06:00:00.000Z");
  expect(at("month", "2026-12-02T00:00:00Z")).toBe("2027-01-01T06:00:00.000Z");
  const there = (hour: number, zone: string, now: string, every: "day" | "week" | "month" = "day") =>
    nextMailAt({ every, hour, zone }, new Date(now)).toISOString();
  // Half past in Tehran; the same hour in London on both sides of summer time; Monday there, Sunday here; an hour that a day does not have.
  expect(there(8, "Asia/Tehran", "2026-03-15T05:00:00Z")).toBe("2026-03-16T04:30:00.000Z");
  expect(there(7, "Europe/London", "2026-03-28T08:00:00Z")).toBe("2026-03-29T06:00:00.000Z");
  expect(there(7, "Europe/London", "2026-03-27T08:00:00Z")).toBe("2026-03-28T07:00:00.000Z");
  expect(there(6, "Asia/Shanghai", "2026-03-14T09:00:00Z", "week")).toBe("2026-03-15T22:00:00.000Z");
  expect(there(1, "Europe/London", "2026-03-28T08:00:00Z")).toBe("2026-03-30T00:00:00.000Z");
});
