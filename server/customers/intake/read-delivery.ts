import { withWorkerConnection } from "../../platform/db/index.ts";
import { chunkFrame } from "./chunk-frame.ts";
import { Lane, type Seat } from "./landing/lane.ts";
import { dropLookups, fillLookups, lookupTables } from "./landing/lookups.ts";
import { readerSeal } from "./landing/seal-numbers.ts";
import type { DeliveredFile } from "./load-plan.ts";
import type { FileEnds, LoadRun } from "./load-run.ts";
import { Meter } from "./meter.ts";
import { type FileEnd, type RowBatch, readFile } from "./reading/index.ts";
import * as store from "./store.ts";
import { tellProgress } from "./tell-progress.ts";

// One transaction: big enough that its fixed cost vanishes, small enough that little is done twice after a crash and memory stays flat.
const CHUNK_ROWS = 40_000;
/** Chunks grow up to that, so that a small file too keeps both connections busy. */
const FIRST_CHUNK_ROWS = 4_000;

/** How the chunks of a delivery follow one another, across its files. */
interface Row {
  readonly seats: readonly [Seat, Seat];
  readonly meter: Meter;
  /** Chunks begun so far, of all files. */
  begun: number;
  /** Settles when the last chunk begun is committed, or failed. */
  before: Promise<void>;
  /** Settles when the last chunk begun has written its parties, or will not ahead of its turn. */
  partiesBefore: Promise<void>;
}

/**
 * Reads all files of a load behind the chunks it has already, and lands them. Two connections take turns: while one lands a chunk, the other
 * stages and casts the next, of the same file or the one after it; chunks are committed strictly in order.
 */
export async function readDelivery(run: LoadRun): Promise<FileEnds> {
  const done = await store.asWorker(run.db, run.caller, (tx) => store.listChunks(tx, run.load.loadNo));
  const ends = new Map<number, FileEnd>();
  const meter = new Meter(run.plan.files);
  const files = run.plan.files.filter(({ plan }) => plan.records.length > 0);
  const readAll = () =>
    withWorkerConnection(run.db, run.caller, (first) =>
      withWorkerConnection(run.db, run.caller, async (second) => {
        const idle = Promise.resolve();
        const seats = [first, second].map((connection) => ({ connection, busy: idle })) as [Seat, Seat];
        const row: Row = { seats, meter, begun: 0, before: idle, partiesBefore: idle };
        try {
          for (const file of files)
            ends.set(file.place, await readOne(run, file, done.filter((chunk) => chunk.fileNo === file.place).at(-1) ?? null, row));
          await row.before;
        } finally {
          await Promise.allSettled(seats.map(({ busy }) => busy));
        }
        for (const { place, plan } of files.filter((file) => file.plan.lookups.length > 0)) {
          const tables = lookupTables(plan.lookups, run.load.loadNo, place);
          await first.inTransaction((tx) => dropLookups(tx, tables, run.load.loadNo, place));
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

/** Reads a file to its end; its last chunks may still be under way then. */
async function readOne(run: LoadRun, file: DeliveredFile, last: store.ChunkRow | null, row: Row): Promise<FileEnd> {
  const { seats, meter } = row;
  meter.begin(file);
  const frame = chunkFrame({ load: run.load, plan: file.plan, fileNo: file.place, caller: run.caller });
  if (file.plan.lookups.length > 0) await seats[0].busy;
  const lookups = await fillLookups(seats[0].connection, run.plan, file, run.load.loadNo);
  const lanes = seats.map((seat) => new Lane({ db: run.db, caller: run.caller, plan: file.plan, frame, lookups }, seat));
  const rows = readFile(file.path, file.plan.format, {
    columns: file.plan.header,
    batchRows: run.chunkRows ?? CHUNK_ROWS,
    firstBatchRows: run.chunkRows ?? FIRST_CHUNK_ROWS,
    afterLine: last?.lastLine ?? 0,
    append: file.plan.append,
    cards: file.plan.cards,
    seal: await readerSeal(run.db, run.caller),
    expected: file.identity,
    onBytes: (bytes) => meter.read(bytes),
  });
  let chunkNo = last?.chunkNo ?? 0;
  try {
    for (;;) {
      run.signal?.throwIfAborted();
      const next = await rows.next();
      if (next.done) {
        row.before.then(
          () => run.checkpoint?.(`file ${file.place}`),
          () => undefined,
        );
        return next.value;
      }
      chunkNo += 1;
      await begin(run, row, lanes, { batch: next.value, fileNo: file.place, chunkNo });
    }
  } finally {
    await rows.return(undefined as never).catch(() => undefined);
  }
}

interface Next {
  readonly batch: RowBatch;
  readonly fileNo: number;
  readonly chunkNo: number;
}

/** Begins a chunk on the connection whose turn it is, when that is idle. Fails when the chunk it was at failed. */
async function begin(run: LoadRun, row: Row, lanes: readonly Lane[], { batch, fileNo, chunkNo }: Next): Promise<void> {
  const { seats, meter, before, partiesBefore } = row;
  const seat = row.begun % seats.length;
  await seats[seat]?.busy;
  row.begun += 1;
  const turn = Promise.withResolvers<void>();
  const done = meter.take(batch.rows + batch.bad.length, batch.bytesRead);
  const landed = (lanes[seat] as Lane).run({
    batch,
    chunkNo,
    before,
    partyTurn: { before: partiesBefore, end: turn.resolve },
    done,
    progress: () => {
      done(1);
      return meter.progress();
    },
  });
  row.before = landed;
  row.partiesBefore = turn.promise;
  landed.then(turn.resolve, turn.resolve); // whatever happened, nobody waits for it
  // Its failure is met where the next chunk or the end waits for it.
  landed.then(
    () => run.checkpoint?.(`chunk ${fileNo}.${chunkNo}`),
    () => undefined,
  );
}
