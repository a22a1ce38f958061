import { Worker } from "node:worker_threads";

/** Runs a module in a thread of its own with `data` (shared memory is shared, all else copied) and answers its one message. */
export function runThread<Answer>(module: URL, data: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(module, { workerData: data });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
