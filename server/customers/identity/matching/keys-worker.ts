import { parentPort, workerData } from "node:worker_threads";
import { type KeysTask, listKeysOfShare } from "./blocks.ts";

parentPort?.postMessage(listKeysOfShare(workerData as KeysTask));
