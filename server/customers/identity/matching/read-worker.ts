import { parentPort } from "node:worker_threads";
import type { MatchRecord } from "./record.ts";
import { RecordTable } from "./record-table.ts";

const table = new RecordTable();

parentPort?.on("message", (batch: Uint8Array | null) => {
  if (batch === null) {
    parentPort?.postMessage(table.contents());
    parentPort?.close();
    return;
  }
  const before = table.count;
  for (const line of Buffer.from(batch.buffer, batch.byteOffset, batch.byteLength).toString().split("\n"))
    if (line !== "") table.add(JSON.parse(line) as MatchRecord);
  parentPort?.postMessage(table.count - before);
});
