import { parentPort, workerData } from "node:worker_threads";
import { type TrainingOrder, trainKind } from "./train.ts";

const { training, kind } = workerData as { training: TrainingOrder; kind: 0 | 1 };
parentPort?.postMessage(trainKind(training, kind));
