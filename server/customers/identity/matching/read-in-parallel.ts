import { Worker } from "node:worker_threads";
import { RecordTable, type TableContents } from "./record-table.ts";

// Enough that a thread never waits, few enough that lines do not pile up in memory.
const BATCHES_WAITING_MAX = 4;

/**
 * Records, each as a line of JSON, into one table, in the order in which they come: names, phones and addresses are normalised on so many threads, and
 * what they found is put together. A line may hold more than the record.
 */
export async function readInParallel(batches: AsyncIterable<readonly string[]>, threads: number): Promise<RecordTable> {
  const readers = Array.from({ length: Math.max(1, threads) }, () => new Reader());
  try {
    const parts: { reader: Reader; records: number }[] = [];
    for await (const lines of batches) {
      const reader = readers.reduce((least, one) => (one.waiting < least.waiting ? one : least));
      await reader.read(lines);
      parts.push({ reader, records: lines.length });
    }
    const contents = new Map<Reader, TableContents>();
    for (const reader of readers) {
      contents.set(reader, await reader.end());
      await reader.stop(); // its own memory goes; what it made is shared
    }
    return joined(parts, contents);
  } finally {
    for (const reader of readers) await reader.stop();
  }
}

function joined(parts: readonly { reader: Reader; records: number }[], contents: ReadonlyMap<Reader, TableContents>): RecordTable {
  const table = new RecordTable();
  const absorbs = new Map([...contents].map(([reader, found]) => [reader, table.absorber(found)]));
  const next = new Map<Reader, number>();
  for (const { reader, records } of parts) {
    const from = next.get(reader) ?? 0;
    absorbs.get(reader)?.(from, from + records);
    next.set(reader, from + records);
  }
  return table;
}

/** One thread that reads. */
class Reader {
  waiting = 0;
  private readonly worker = new Worker(new URL("./read-worker.ts", import.meta.url));
  private readonly failed: Promise<never>;
  private wake: () => void = () => undefined;
  private contents: TableContents | null = null;

  constructor() {
    this.failed = new Promise((_, reject) => this.worker.once("error", reject));
    this.failed.catch(() => undefined); // told to whoever waits next
    this.worker.on("message", (message: number | TableContents) => {
      if (typeof message === "number") this.waiting -= 1;
      else this.contents = message;
      this.wake();
    });
  }

  /** Waits while this thread has enough to do. */
  async read(lines: readonly string[]): Promise<void> {
    this.waiting += 1;
    this.worker.postMessage(lines);
    while (this.waiting >= BATCHES_WAITING_MAX) await this.told();
  }

  async end(): Promise<TableContents> {
    this.worker.postMessage(null);
    while (this.contents === null) await this.told();
    return this.contents;
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private told(): Promise<void> {
    return Promise.race([
      new Promise<void>((resolve) => {
        this.wake = resolve;
      }),
      this.failed,
    ]);
  }
}
