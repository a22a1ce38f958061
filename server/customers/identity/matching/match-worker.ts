import { parentPort } from "node:worker_threads";
import { type Work, work } from "./match-work.ts";

parentPort?.on("message", ({ name, task }: { name: keyof Work; task: never }) => parentPort?.postMessage(work[name](task)));
