import { Worker } from "node:worker_threads";
import type { FraudRuleSet } from "../contract.ts";
import type { Backtest } from "../rules/backtest.ts";
import type { PaymentColumns } from "./history.ts";
import type { measurePast } from "./learn.ts";

export type HeavyWork =
  | { readonly what: "measure"; readonly columns: PaymentColumns }
  | { readonly what: "backtest"; readonly columns: PaymentColumns; readonly rules: FraudRuleSet };

type Measured = ReturnType<typeof measurePast>;

/** Seconds of computing on a thread of its own, so that payments are answered meanwhile. Ends with the signal. */
export function doHeavyWork(work: HeavyWork & { what: "measure" }, signal: AbortSignal): Promise<Measured>;
export function doHeavyWork(work: HeavyWork & { what: "backtest" }, signal: AbortSignal): Promise<Backtest>;
export async function doHeavyWork(work: HeavyWork, signal: AbortSignal): Promise<Measured | Backtest> {
  const worker = new Worker(new URL("./heavy-worker.ts", import.meta.url), { workerData: work });
  const { promise, resolve, reject } = Promise.withResolvers<Measured | Backtest>();
  const end = () => reject(new Error("the work was stopped"));
  signal.addEventListener("abort", end, { once: true });
  worker.once("message", resolve);
  worker.once("error", reject);
  worker.once("exit", () => reject(new Error("the thread ended before its work was done")));
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", end);
    await worker.terminate();
  }
}
