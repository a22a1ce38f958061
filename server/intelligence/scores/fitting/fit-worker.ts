import { parentPort, workerData } from "node:worker_threads";
import { DomainError } from "../../../platform/errors/index.ts";
import type { TrainingSet } from "../training-set.ts";
import { type FitStep, type Fitted, fitByTime, type Learner } from "./fit-by-time.ts";

export interface FitOrder {
  readonly set: TrainingSet;
  readonly learner: Learner;
}

export type FitMessage =
  | { readonly step: FitStep }
  | { readonly fitted: Fitted }
  | { readonly refused: { readonly message: string; readonly detail: Readonly<Record<string, unknown>> } }
  | { readonly broke: unknown };

const { set, learner } = workerData as FitOrder;
parentPort?.postMessage(outcome());

function outcome(): FitMessage {
  try {
    return { fitted: fitByTime(set, learner, (step) => parentPort?.postMessage({ step } satisfies FitMessage)) };
  } catch (error) {
    // An error's class does not survive the way between threads.
    if (error instanceof DomainError && error.code === "invalid_input")
      return { refused: { message: error.message, detail: { ...error.detail } } };
    return { broke: error };
  }
}
