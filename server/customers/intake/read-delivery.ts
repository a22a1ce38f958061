import type { WorkerConnection } from "../../platform/db/index.ts";
import { withWorkerConnection } from "../../platform/db/index.ts";
import { chunkFrame } from "./chunk-frame.ts";
import { Lane } from "./landing/lane.ts";
import { dropLookups, fillLookups } from "./landing/lookups.ts";
import { readerSeal } from "./landing/seal-numbers.ts";
import type { DeliveredFile } from "./load-plan.ts";
import type { FileEnds, LoadRun } from "./load-run.ts";
import { Meter } from "./meter.ts";
import { type FileEnd, readFile } from "./reading/index.ts";
import * as store from "./store.ts";
import { tellProgress } from "./tell-progress.ts";

// One transaction: big enough that its fixed cost vanishes, small enough that little is done twice after a crash and memory stays flat.
const CHUNK_ROWS = 40_000;
/** Chunks grow up to that, so that a small file too keeps both connections busy. */
const FIRST_CHUNK_ROWS = 4_000;

/**
 * Reads all files of a load behind the chunks it has already, and lands them. Two connections take turns: while one lands a chunk, the other
 * stages and casts the next; chunks are committed strictly in order.
 */
export async function readDelivery(run: LoadRun): Promise<FileEnds> {
  const done = await store.asWorker(run.db, run.caller, (tx) => store.listChunks(tx, run.load.loadNo));
  const ends = new Map<number, FileEnd>();
  const meter = new Meter(run.plan.files);
  const readAll = () =>
    withWorkerConnection(run.db, run.caller, (first) =>
      withWorkerConnection(run.db, run.caller, async (second) => {
        for (const file of run.plan.files.filter(({ plan }) => plan.records.length > 0)) {
          const last = done.filter((chunk) => chunk.fileNo === file.place).at(-1);
          meter.begin(file);
          ends.set(file.place, await readOne(run, file, last ?? null, [first, second], meter));
          run.checkpoint?.(`file ${file.place}`);
        }
      }),
    );
  await tellProgress(
    () => meter.progress(),
    async (progress) => {
      run.onProgress?.(progress);
      await store.asWorker(run.db, run.caller, (tx) => store.setProgress(tx, run.load.loadNo, "reading", progress));
    },
    readAll,
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
  const frame = chunkFrame({ load: run.load, plan: file.plan, fileNo: file.place, caller: run.caller });
  const lookups = await fillLookups(connections[0], run.plan, file, run.load.loadNo);
  const lanes = connections.map((connection) => new Lane({ db: run.db, caller: run.caller, plan: file.plan, frame, lookups }, connection));
  for (const lane of lanes) await lane.prepare();
  const rows = readFile(file.path, file.plan.format, {
    columns: file.plan.header,
    batchRows: run.chunkRows ?? CHUNK_ROWS,
    firstBatchRows: run.chunkRows ?? FIRST_CHUNK_ROWS,
    afterLine: last?.lastLine ?? 0,
    append: file.plan.append,
    seal: await readerSeal(run.db, run.caller),
    expected: file.identity,
    onBytes: (bytes) => meter.read(bytes),
  });
  let chunkNo = last?.chunkNo ?? 0;
  let before: Promise<void> = Promise.resolve();
  let partiesBefore: Promise<void> = Promise.resolve();
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
      const turn = Promise.withResolvers<void>();
      const partyTurn = { before: partiesBefore, end: turn.resolve };
      partiesBefore = turn.promise;
      meter.take(number, batch.rows + batch.bad.length, batch.bytesRead);
      before = lane.run({
        batch,
        chunkNo,
        before: previous,
        partyTurn,
        done: (share) => meter.done(number, share),
        progress: () => {
          meter.done(number, 1);
          return meter.progress();
        },
      });
      before.then(turn.resolve, turn.resolve); // whatever happened, nobody waits for it
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
