import { parentPort } from "node:worker_threads";
import type { MatchRecord } from "./record.ts";
import { RecordTable } from "./record-table.ts";

const table = new RecordTable();

parentPort?.on("message", (lines: readonly string[] | null) => {
  if (lines === null) {
    parentPort?.postMessage(table.contents());
    parentPort?.close();
    return;
  }
  for (const line of lines) table.add(JSON.parse(line) as MatchRecord);
  parentPort?.postMessage(lines.length);
});
