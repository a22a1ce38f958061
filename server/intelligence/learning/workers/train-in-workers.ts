import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { DomainError } from "../../../platform/errors/index.ts";
import type { Table } from "../tables/table.ts";
import { runTask, type TrainedTask, type TrainingTask } from "./training-task.ts";
import type { WorkerAnswer } from "./training-worker.ts";

// Below so many cells to learn from in all, a thread costs more than it saves.
const CELLS_PER_THREAD_MIN = 500_000;

/**
 * Trains models side by side, one a thread: several models over one table, or the folds of one. Answers stand in the order of the tasks
 * and do not depend on the number of threads. Fails with the first task's failure, after ending all threads.
 */
export async function trainInWorkers(
  table: Table,
  tasks: readonly TrainingTask[],
  threadsMax = availableParallelism(),
): Promise<TrainedTask[]> {
  const cells = tasks.reduce((sum, { trainOn }) => sum + trainOn.length * table.columns.length, 0);
  const threads = Math.min(threadsMax, tasks.length, Math.floor(cells / CELLS_PER_THREAD_MIN));
  if (threads < 2) return tasks.map((task) => runTask(table, task));
  const shared = inSharedMemory(table);
  const done = new Array<TrainedTask>(tasks.length);
  let next = 0;
  const workers: Worker[] = [];
  const oneThread = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL("./training-worker.ts", import.meta.url), { workerData: shared });
      workers.push(worker);
      const hand = () => {
        if (next >= tasks.length) return resolve();
        worker.postMessage({ place: next, task: tasks[next] });
        next += 1;
      };
      worker.on("message", (answer: WorkerAnswer) => {
        if ("trained" in answer) {
          done[answer.place] = answer.trained;
          hand();
        } else reject("refused" in answer ? new DomainError("invalid_input", answer.refused) : answer.broke);
      });
      worker.once("error", reject);
      worker.once("exit", () => reject(new Error("a training thread ended before its work was done")));
      hand();
    });
  try {
    await Promise.all(Array.from({ length: threads }, oneThread));
    return done;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** The same table in memory that threads read without a copy each. */
function inSharedMemory(table: Table): Table {
  return {
    rows: table.rows,
    columns: table.columns.map((column) => {
      if (column.kind === "number") {
        const values = new Float64Array(new SharedArrayBuffer(column.values.byteLength));
        values.set(column.values);
        return { ...column, values };
      }
      const codes = new Int32Array(new SharedArrayBuffer(column.codes.byteLength));
      codes.set(column.codes);
      return { ...column, codes };
    }),
  };
}
