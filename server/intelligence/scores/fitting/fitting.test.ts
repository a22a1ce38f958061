import { describe, expect, test, vi } from "vitest";
import { categoryColumn, histogramStability, numberColumn, seededRandom, writeModel } from "../../learning/index.ts";
import type { TrainingSet } from "../training-set.ts";
import { type Fitted, fitByTime } from "./fit-by-time.ts";
import { fitInWorker } from "./fit-in-worker.ts";
import { ReadyModel } from "./ready-model.ts";
import { splitByTime } from "./split-by-time.ts";

// Each trains models: seconds alone, more beside other work.
vi.setConfig({ testTimeout: 60_000 });

const asOfs = [
  "2024-09-30",
  "2024-10-31",
  "2024-11-30",
  "2024-12-31",
  "2025-01-31",
  "2025-02-28",
  "2025-03-31",
  "2025-04-30",
  "2025-05-31",
  "2025-06-30",
];

/** Customers who come again each month; the event follows from `pull` and, while `fades` days last, from `fad`, which says nothing later. */
function someSet(customers = 300, seed = 1, fadesAt = Infinity): TrainingSet {
  const random = seededRandom(seed);
  const rows = asOfs.flatMap((_, day) => Array.from({ length: customers }, (__, customer) => ({ day, customer })));
  const pull = rows.map(() => 4 * random() - 2);
  const fad = rows.map(() => random());
  const chance = rows.map(
    ({ day }, row) => 1 / (1 + Math.exp(2.2 - 1.5 * (pull[row] as number) - (day < fadesAt ? 4 * (fad[row] as number) - 2 : 0))),
  );
  return {
    table: {
      rows: rows.length,
      columns: [
        numberColumn("pull", pull),
        numberColumn("fad", fad),
        categoryColumn(
          "town",
          rows.map(({ customer }) => (customer % 3 === 0 ? "A" : "B")),
        ),
      ],
    },
    target: Float64Array.from(chance, (p) => Number(random() < p)),
    asOfs,
    asOfOf: Int32Array.from(rows, ({ day }) => day),
    horizonMonths: 3,
    subjectOf: Int32Array.from(rows, ({ customer }) => customer),
    groups: { town: rows.map(({ customer }) => (customer % 3 === 0 ? "A" : "B")) },
    baseline: Float64Array.from(rows, random),
  };
}

const withColumn = (set: TrainingSet, ...columns: TrainingSet["table"]["columns"]): TrainingSet => ({
  ...set,
  table: { ...set.table, columns: [...set.table.columns, ...columns] },
});

const trees = { kind: "trees" } as const;

test("judged days are later than those learned from by the horizon at least, and no row is on two sides", () => {
  const set = someSet();
  const { learn, tune, judge } = splitByTime(set);
  const last = (rows: Int32Array) => Math.max(...Array.from(rows, (row) => set.asOfOf[row] as number));
  const first = (rows: Int32Array) => Math.min(...Array.from(rows, (row) => set.asOfOf[row] as number));
  expect([last(learn), first(tune), last(tune), first(judge), last(judge)]).toEqual([2, 3, 4, 7, 9]);
});

test("what is told is what later days keep: a fad that ended before them is not counted as skill", () => {
  const lasting = fitByTime(someSet(300, 1), trees).report.measures.auc;
  const faded = fitByTime(someSet(300, 1, 6), trees).report;
  expect(lasting).toBeGreaterThan(0.75);
  expect(faded.measures.auc).toBeLessThan(lasting - 0.02);
  expect(faded.byTime.map(({ asOf }) => asOf)).toEqual(asOfs.slice(7));
});

test("equal rows give equal bytes, in the thread and outside; another seed of data another hash", async () => {
  const here = fitByTime(someSet(), trees);
  const there = await fitInWorker({ set: someSet(), learner: trees }, new AbortController().signal, () => undefined);
  const bytes = ({ model, calibration, report: { seconds: _, ...report } }: Fitted) =>
    JSON.stringify([writeModel(model), calibration, report]);
  expect(bytes(there)).toBe(bytes(here));
  expect(fitByTime(someSet(300, 2), trees).report.data.hash).not.toBe(here.report.data.hash);
});

test("chances are calibrated, groups are told apart, columns are ranked by what they do, and pushes add up for both kinds of model", () => {
  for (const kind of ["trees", "scorecard"] as const) {
    const set = someSet(600);
    const fitted = fitByTime(set, { kind });
    const { report } = fitted;
    expect(report.calibration.expectedError).toBeLessThan(0.05);
    expect(report.importance[0]?.feature).toBe("pull");
    expect(report.importance[0]?.permutation).toBeGreaterThan(0.1);
    expect(report.groups.map(({ group }) => group).sort()).toEqual(["A", "B"]);
    const ready = new ReadyModel(fitted.model, fitted.calibration);
    const sums = [0, 1, 2].map((row) => ready.pushesOf(set.table, row, 99).reduce((sum, { push }) => sum + push, 0));
    const raws = ready.rawOf(set.table);
    for (const row of [1, 2])
      expect((sums[row] as number) - (sums[0] as number)).toBeCloseTo((raws[row] as number) - (raws[0] as number), 6);
    expect(ready.chancesOf(set.table).every((chance) => chance > 0 && chance < 1)).toBe(true);
  }
});

describe("bad input", () => {
  const rows = someSet().table.rows;
  test("empty and constant columns are left out and named; infinite values are named; a column that tells the event alone is warned of", () => {
    const set = someSet();
    const bad = withColumn(
      set,
      numberColumn("nothing", new Float64Array(rows).fill(Number.NaN)),
      numberColumn("same", new Float64Array(rows).fill(7)),
      categoryColumn("unknown", new Array<null>(rows).fill(null)),
      numberColumn(
        "clock",
        Float64Array.from(set.asOfOf, (day) => 900 - 30 * day),
      ),
      numberColumn(
        "endless",
        Float64Array.from({ length: rows }, (_, row) => (row % 5 === 0 ? Infinity : row % 7)),
      ),
      numberColumn(
        "afterwards",
        set.target.map((value) => value * 10),
      ),
    );
    const { report, model } = fitByTime(bad, trees);
    expect(report.warnings.map(({ code, column }) => `${code} ${column}`)).toEqual([
      "empty nothing",
      "constant same",
      "empty unknown",
      "infinite endless",
      "drifts clock",
      "leak afterwards",
    ]);
    expect(report.features.map(({ name }) => name)).not.toContain("nothing");
    expect(new ReadyModel(model, null).rawOf(bad.table).every(Number.isFinite)).toBe(true);
  });

  test("one class only, too few events, too few days, no usable column: a sentence with the figures, never a model", () => {
    const set = someSet(40);
    const detailOf = (broken: TrainingSet) => {
      try {
        return fitByTime(broken, trees).report.learner;
      } catch (error) {
        return (error as { code: string; detail: { reason: string } }).detail.reason;
      }
    };
    expect(detailOf({ ...set, target: new Float64Array(set.table.rows) })).toBe("too_few_events");
    expect(detailOf({ ...set, target: set.target.map((_, row) => Number(row === 0)) })).toBe("too_few_events");
    expect(detailOf({ ...set, asOfs: asOfs.slice(0, 3), asOfOf: set.asOfOf.map((day) => day % 3) })).toBe("too_few_days");
    expect(detailOf({ ...set, table: { rows: set.table.rows, columns: [numberColumn("same", new Float64Array(set.table.rows))] } })).toBe(
      "no_columns",
    );
  });

  test("a category never seen, and missing values, are scored", () => {
    const set = someSet();
    const { model, calibration, histograms } = fitByTime(set, trees);
    const later = {
      rows: 2,
      columns: [numberColumn("pull", [Number.NaN, 1]), numberColumn("fad", [Infinity, 0]), categoryColumn("town", ["never", null])],
    };
    expect([...new ReadyModel(model, calibration).chancesOf(later)].every((chance) => chance > 0 && chance < 1)).toBe(true);
    const moved = numberColumn(
      "pull",
      (set.table.columns[0] as { values: Float64Array }).values.map((value) => value + 2),
    );
    expect(histogramStability(histograms[0] as never, set.table.columns[0])).toBeLessThan(0.001);
    expect(histogramStability(histograms[0] as never, moved)).toBeGreaterThan(0.25);
    expect(histogramStability(histograms[0] as never, undefined)).toBeGreaterThan(0.25);
  });

  test("a training that is ended fails, and its thread is gone", async () => {
    const abort = new AbortController();
    const training = fitInWorker({ set: someSet(2000), learner: trees }, abort.signal, () => abort.abort());
    await expect(training).rejects.toMatchObject({ code: "in_progress" });
  });
});
