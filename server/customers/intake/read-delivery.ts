import type { WorkerConnection } from "../../platform/db/index.ts";
import { withWorkerConnection } from "../../platform/db/index.ts";
import type { LoadProgress } from "./contract.ts";
import type { ChunkFrame } from "./landing/land-records.ts";
import { Lane } from "./landing/lane.ts";
import { dropLookups, fillLookups } from "./landing/lookups.ts";
import type { DeliveredFile } from "./load-plan.ts";
import type { FileEnds, LoadRun } from "./load-run.ts";
import { type FileEnd, readFile } from "./reading/index.ts";
import * as store from "./store.ts";

// One transaction: big enough that its fixed cost vanishes, small enough that little is done twice after a crash and memory stays flat.
export const CHUNK_ROWS = 60_000;

/**
 * Reads all files of a load behind the chunks it has already, and lands them. Two connections take turns: while one lands a chunk, the other
 * stages and casts the next; chunks are committed strictly in order.
 */
export async function readDelivery(run: LoadRun): Promise<FileEnds> {
  const done = await store.asWorker(run.db, run.caller, (tx) => store.listChunks(tx, run.load.loadNo));
  const ends = new Map<number, FileEnd>();
  const meter = new Meter(run);
  await withWorkerConnection(run.db, run.caller, (first) =>
    withWorkerConnection(run.db, run.caller, async (second) => {
      for (const file of run.plan.files.filter(({ plan }) => plan.records.length > 0)) {
        const last = done.filter((chunk) => chunk.fileNo === file.place).at(-1);
        ends.set(file.place, await readOne(run, file, last ?? null, [first, second], meter));
        run.checkpoint?.(`file ${file.place}`);
      }
    }),
  );
  return ends;
}

async function readOne(
  run: LoadRun,
  file: DeliveredFile,
  last: store.ChunkRow | null,
  connections: readonly [WorkerConnection, WorkerConnection],
  meter: Meter,
): Promise<FileEnd> {
  const frame: ChunkFrame = {
    sourceId: run.load.sourceId,
    loadNo: run.load.loadNo,
    changedAt: run.load.startedAt.toISOString(),
    createsOnly: false,
    fileNo: file.place,
    decidedBy: run.caller.userId,
    raw: file.plan.raw("s"),
    repeats: new Set<string>(),
  };
  const lookups = await fillLookups(connections[0], run.plan, file, run.load.loadNo);
  const lanes = connections.map((connection) => new Lane({ db: run.db, caller: run.caller, plan: file.plan, frame, lookups }, connection));
  for (const lane of lanes) await lane.prepare();
  const rows = readFile(file.path, file.plan.format, {
    columns: file.plan.header,
    batchRows: run.chunkRows ?? CHUNK_ROWS,
    afterLine: last?.lastLine ?? 0,
    append: file.plan.append,
    expected: file.identity,
  });
  let chunkNo = last?.chunkNo ?? 0;
  let before: Promise<void> = Promise.resolve();
  const running = new Set<Promise<void>>();
  try {
    for (;;) {
      run.signal?.throwIfAborted();
      const next = await rows.next();
      if (next.done) {
        await before;
        await connections[0].inTransaction((tx) => dropLookups(tx, lookups, run.load.loadNo, file.place));
        return next.value;
      }
      chunkNo += 1;
      const number = chunkNo;
      const lane = lanes[chunkNo % lanes.length] as Lane;
      await lane.idle();
      const batch = next.value;
      const previous = before;
      before = lane.run({
        batch,
        chunkNo,
        before: previous,
        progress: () => meter.step(file, batch.rows + batch.bad.length, batch.bytesRead),
      });
      running.add(before);
      // Its failure is met where the next chunk or the end waits for it.
      before.then(
        () => run.checkpoint?.(`chunk ${file.place}.${number}`),
        () => undefined,
      );
    }
  } finally {
    await rows.return(undefined as never).catch(() => undefined);
    await Promise.allSettled(running);
  }
}

/** Rows and bytes so far, with rate and time left. Written with each chunk. */
class Meter {
  private rows = 0;
  private readonly startedMs = performance.now();
  private readonly run: LoadRun;
  private readonly ofBytes: number;

  constructor(run: LoadRun) {
    this.run = run;
    this.ofBytes = run.plan.files.reduce((sum, file) => sum + file.identity.bytes, 0);
  }

  step(file: DeliveredFile, rows: number, bytesRead: number): LoadProgress {
    this.rows += rows;
    const files = this.run.plan.files;
    const behind = files.slice(0, files.indexOf(file)).reduce((sum, earlier) => sum + earlier.identity.bytes, 0);
    const bytes = behind + bytesRead;
    const seconds = (performance.now() - this.startedMs) / 1000;
    const progress: LoadProgress = {
      phase: "reading",
      file: file.identity.name,
      fileNo: file.place + 1,
      files: files.length,
      rows: this.rows,
      bytes,
      ofBytes: this.ofBytes,
      rowsPerSecond: Math.round(this.rows / Math.max(seconds, 0.001)),
      secondsLeft: bytes === 0 ? null : Math.round((seconds / bytes) * (this.ofBytes - bytes)),
    };
    this.run.onProgress?.(progress);
    return progress;
  }
}
