import { parentPort, workerData } from "node:worker_threads";
import { DomainError } from "../../../platform/errors/index.ts";
import type { Table } from "../tables/table.ts";
import { runTask, type TrainedTask, type TrainingTask } from "./training-task.ts";

export type WorkerAnswer = { readonly place: number } & (
  | { readonly trained: TrainedTask }
  | { readonly refused: string }
  | { readonly broke: unknown }
);

parentPort?.on("message", ({ place, task }: { place: number; task: TrainingTask }) => {
  parentPort?.postMessage({ place, ...answer(task) });
});

function answer(task: TrainingTask): { trained: TrainedTask } | { refused: string } | { broke: unknown } {
  try {
    return { trained: runTask(workerData as Table, task) };
  } catch (error) {
    // An error's class does not survive the way between threads.
    return error instanceof DomainError && error.code === "invalid_input" ? { refused: error.message } : { broke: error };
  }
}
