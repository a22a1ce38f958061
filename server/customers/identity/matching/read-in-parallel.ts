import { Worker } from "node:worker_threads";
import { RecordTable, type TableContents } from "./record-table.ts";

// Enough that a thread never waits, few enough that lines do not pile up in memory.
const BATCHES_WAITING_MAX = 4;

/**
 * Records, each as a line of JSON in UTF-8, into one table, in the order in which they come: batches of whole lines are parsed and normalised on so many
 * threads, and what they found is put together.
 */
export async function readInParallel(batches: AsyncIterable<Uint8Array>, threads: number): Promise<RecordTable> {
  const readers = Array.from({ length: Math.max(1, threads) }, () => new Reader());
  try {
    const turns: Reader[] = [];
    for await (const lines of batches) {
      const reader = readers.reduce((least, one) => (one.waiting < least.waiting ? one : least));
      await reader.read(lines);
      turns.push(reader);
    }
    const contents = new Map<Reader, TableContents>();
    for (const reader of readers) {
      contents.set(reader, await reader.end());
      await reader.stop(); // its own memory goes; what it made is shared
    }
    return joined(turns, contents);
  } finally {
    for (const reader of readers) await reader.stop();
  }
}

function joined(turns: readonly Reader[], contents: ReadonlyMap<Reader, TableContents>): RecordTable {
  const table = new RecordTable();
  const parts = new Map(
    [...contents].map(([reader, found]) => [reader, { absorb: table.absorber(found), batches: reader.batches.values(), next: 0 }]),
  );
  for (const reader of turns) {
    const part = parts.get(reader);
    const records = part?.batches.next().value;
    if (part === undefined || records === undefined) continue;
    part.absorb(part.next, part.next + records);
    part.next += records;
  }
  return table;
}

/** One thread that reads. */
class Reader {
  waiting = 0;
  /** How many records each batch held. */
  readonly batches: number[] = [];
  private readonly worker = new Worker(new URL("./read-worker.ts", import.meta.url));
  private readonly failed: Promise<never>;
  private wake: () => void = () => undefined;
  private contents: TableContents | null = null;

  constructor() {
    this.failed = new Promise((_, reject) => this.worker.once("error", reject));
    this.failed.catch(() => undefined); // told to whoever waits next
    this.worker.on("message", (message: number | TableContents) => {
      if (typeof message === "number") {
        this.waiting -= 1;
        this.batches.push(message);
      } else this.contents = message;
      this.wake();
    });
  }

  /** Waits while this thread has enough to do. */
  async read(lines: Uint8Array): Promise<void> {
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
