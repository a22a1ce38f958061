import { parentPort, workerData } from "node:worker_threads";
import { type BlockTask, scoreBlocks } from "./score-blocks.ts";

const scored = scoreBlocks(workerData as BlockTask);
parentPort?.postMessage(scored, [scored.edges.a.buffer, scored.edges.b.buffer, scored.edges.bits.buffer] as ArrayBuffer[]);
