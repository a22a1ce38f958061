import { Worker } from "node:worker_threads";
import { DomainError } from "../../../platform/errors/index.ts";
import type { FitStep, Fitted } from "./fit-by-time.ts";
import type { FitMessage, FitOrder } from "./fit-worker.ts";

/** fitByTime on a thread of its own, so that requests are answered meanwhile. Ends the thread and fails with `in_progress` when aborted. */
export function fitInWorker(order: FitOrder, signal: AbortSignal, onStep: (step: FitStep) => void): Promise<Fitted> {
  const worker = new Worker(new URL("./fit-worker.ts", import.meta.url), { workerData: order });
  return new Promise<Fitted>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new DomainError("in_progress", "the training was ended before it was done")), {
      once: true,
    });
    if (signal.aborted) reject(new DomainError("in_progress", "the training was ended before it began"));
    worker.on("message", (message: FitMessage) => {
      if ("step" in message) onStep(message.step);
      else if ("fitted" in message) resolve(message.fitted);
      else if ("refused" in message) reject(new DomainError("invalid_input", message.refused.message, { detail: message.refused.detail }));
      else reject(message.broke);
    });
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the training thread ended before its work was done")));
  }).finally(() => worker.terminate());
}
