import { expect, test } from "vitest";
import { syntheticRows } from "../../../../bench/learning-rows.ts";
import { seededRandom } from "../../../platform/random/index.ts";
import { numberColumn, takeRows, watchDrift } from "../index.ts";

const rows = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, place) => from + place);

test("another draw of the same rows is stable: no alarm, every index below 0.1", () => {
  const { table, logOdds } = syntheticRows(8000, 1);
  const report = watchDrift(
    { table: takeRows(table, rows(0, 4000)), scores: logOdds.slice(0, 4000) },
    { table: takeRows(table, rows(4000, 8000)), scores: logOdds.slice(4000) },
  );
  expect(report.alarm).toBe(false);
  expect(report.scorePsi).toBeLessThan(0.1);
  expect(Math.max(...report.columns.map(({ psi }) => psi))).toBeLessThan(0.1);
});

test("a shifted column raises the alarm and is named first", () => {
  const { table, logOdds } = syntheticRows(6000, 1);
  const shifted = numberColumn(
    "age",
    (table.columns[0] as { values: Float64Array }).values.map((age) => age + 15),
  );
  const report = watchDrift({ table, scores: logOdds }, { table: { ...table, columns: table.columns.with(0, shifted) }, scores: logOdds });
  expect(report.alarm).toBe(true);
  expect(report.columns[0]).toMatchObject({ name: "age", level: "act" });
  expect(report.scoreLevel).toBe("stable");
});

test("a column that no longer comes, and a score that moved alone, raise it too", () => {
  const random = seededRandom(4);
  const { table, logOdds } = syntheticRows(2000, 2);
  const without = { ...table, columns: table.columns.slice(1) };
  expect(watchDrift({ table, scores: logOdds }, { table: without, scores: logOdds }).columns[0]?.name).toBe("age");
  const moved = watchDrift({ table, scores: logOdds }, { table, scores: logOdds.map((score) => score + 1 + random()) });
  expect(moved).toMatchObject({ scoreLevel: "act", alarm: true });
});
