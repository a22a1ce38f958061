import { expect, test } from "vitest";
import { syntheticRows } from "../../../../bench/learning-rows.ts";
import { trainInWorkers, writeModel } from "../index.ts";

test("models and scores are the same on one thread and on three, in the order of the tasks", async () => {
  const { table, target } = syntheticRows(20_000, 3);
  const rows = Int32Array.from({ length: 20_000 }, (_, row) => row);
  const tasks = [0, 1, 2, 3].map((part) => ({
    learner: part === 3 ? { kind: "scorecard" as const } : { kind: "trees" as const, options: { roundsMax: 4, seed: part } },
    target,
    trainOn: rows.filter((row) => row % 4 !== part),
    score: rows.filter((row) => row % 4 === part),
  }));
  const [alone, together] = [await trainInWorkers(table, tasks, 1), await trainInWorkers(table, tasks, 3)];
  expect(together.map(({ model }) => writeModel(model))).toEqual(alone.map(({ model }) => writeModel(model)));
  expect(together.map(({ chances }) => chances)).toEqual(alone.map(({ chances }) => chances));
});

test("one task that cannot be done fails the whole with its reason, and no thread stays", async () => {
  const { table } = syntheticRows(20_000, 3);
  const rows = Int32Array.from({ length: 20_000 }, (_, row) => row);
  const task = { learner: { kind: "trees" as const }, target: new Float64Array(20_000), trainOn: rows, score: rows };
  await expect(trainInWorkers(table, [task, task, task, task], 2)).rejects.toMatchObject({ code: "invalid_input" });
});
