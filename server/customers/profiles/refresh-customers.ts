import { type ContextCaller, type Db, sql, type Tx, type WorkerConnection, withWorkerConnection } from "../../platform/db/index.ts";
import { refreshQuality } from "../quality/index.ts";
import { noteChanged } from "./changes.ts";
import { computeGolden, type GoldenPaths } from "./refresh-golden.ts";
import { refreshHoldings } from "./refresh-holdings.ts";
import { refreshSearch, settleSearch } from "./refresh-search.ts";
import { countNoted, dropShared, noteCustomers, noteGiven, noteTouched, prepareRefresh, shareNoted, takeNoted } from "./refresh-touched.ts";
import { writeGolden } from "./write-golden.ts";

/** Customers written in one transaction, at most. */
const BATCH_ROWS = 10_000;

/** In customers. */
export interface RefreshProgress {
  readonly done: number;
  readonly of: number;
}

export interface RefreshOrder {
  readonly db: Db;
  readonly caller: ContextCaller;
  readonly loadNo: number;
  readonly onProgress?: (progress: RefreshProgress) => void;
  readonly paths?: GoldenPaths;
}

/**
 * Brings golden values, totals and search entries of every customer a load touched up to date, in bounded transactions on two connections. Doing it
 * twice changes nothing more, so after a crash it is simply done again.
 */
export async function refreshAfterLoad({ db, caller, loadNo, onProgress, paths }: RefreshOrder): Promise<void> {
  await refreshNoted({ db, caller, noteNo: loadNo, paths, onProgress }, async (tx) => {
    await noteTouched(tx, loadNo, false);
    return noteCustomers(tx, BATCH_ROWS);
  });
}

/** The same for customers whose parties changed hands. */
export async function refreshCustomers(db: Db, caller: ContextCaller, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return;
  // Two such refreshes of one connection pool must not share a list: numbers of loads are positive.
  const noteNo = -Math.ceil(Math.random() * 1e9);
  await refreshNoted({ db, caller, noteNo }, (tx) => noteGiven(tx, customerIds, BATCH_ROWS));
}

/** As refreshCustomers, inside the transaction that moved the parties. */
export async function refreshCustomersInside(tx: Tx, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return;
  await prepareRefresh(tx);
  await refreshBatches(tx, await noteGiven(tx, customerIds, BATCH_ROWS));
}

interface Noted {
  readonly db: Db;
  readonly caller: ContextCaller;
  readonly noteNo: number;
  readonly paths?: GoldenPaths | undefined;
  readonly onProgress?: RefreshOrder["onProgress"] | undefined;
}

async function refreshNoted({ db, caller, noteNo, paths, onProgress }: Noted, note: (tx: Tx) => Promise<number>): Promise<void> {
  await withWorkerConnection(db, caller, async (first) => {
    const batches = await first.inTransaction(async (tx) => {
      await fewStatistics(tx);
      await prepareRefresh(tx);
      const count = await note(tx);
      if (count > 1) await shareNoted(tx, noteNo);
      return count;
    });
    const customers = onProgress === undefined ? 0 : await first.inTransaction(countNoted);
    let [next, ended] = [0, 0];
    const work = async (connection: WorkerConnection) => {
      for (let batchNo = next++; batchNo < batches; batchNo = next++) {
        await connection.inTransaction(async (tx) => {
          await sql`set local synchronous_commit = off`.execute(tx); // one lost in a crash is done again
          await fewStatistics(tx);
          await refreshBatch(tx, batchNo, paths);
        });
        ended += 1;
        onProgress?.({ done: Math.round((customers * ended) / batches), of: customers });
      }
    };
    if (batches < 2) {
      await work(first);
      return first.inTransaction(settleSearch);
    }
    await withWorkerConnection(db, caller, async (second) => {
      await second.inTransaction(async (tx) => {
        await fewStatistics(tx);
        await takeNoted(tx, noteNo);
      });
      const ended = await Promise.allSettled([work(first), work(second)]);
      for (const end of ended) if (end.status === "rejected") throw end.reason;
    });
    await first.inTransaction(async (tx) => {
      await dropShared(tx, noteNo);
      await settleSearch(tx);
    });
  });
}

/** Of work tables the planner has to know sizes and ranges only. */
async function fewStatistics(tx: Tx): Promise<void> {
  await sql`set local default_statistics_target = 10`.execute(tx);
}

async function refreshBatch(tx: Tx, batchNo: number, paths?: GoldenPaths): Promise<void> {
  await refreshHoldings(tx, batchNo);
  await computeGolden(tx, batchNo, paths);
  await writeGolden(tx, batchNo);
  await refreshSearch(tx, batchNo);
  await refreshQuality(tx, batchNo);
  await noteChanged(tx, batchNo);
}

async function refreshBatches(tx: Tx, batches: number): Promise<void> {
  for (let batchNo = 0; batchNo < batches; batchNo += 1) await refreshBatch(tx, batchNo);
  await settleSearch(tx);
}

/** As refreshAfterLoad, inside the transaction of a small load (corrected rows). */
export async function refreshInside(tx: Tx, loadNo: number): Promise<void> {
  await prepareRefresh(tx);
  await noteTouched(tx, loadNo, false);
  await refreshAfterReversal(tx);
}

/** Before the rows of a load go: notes whose customers will have to be computed anew. */
export async function noteReversal(tx: Tx, loadNo: number): Promise<void> {
  await prepareRefresh(tx);
  await noteTouched(tx, loadNo, true);
  await noteCustomers(tx, BATCH_ROWS);
}

/** After they are gone, in the same transaction: customers without parties go, the others are computed from what is left. */
export async function refreshAfterReversal(tx: Tx): Promise<void> {
  await refreshBatches(tx, await noteCustomers(tx, BATCH_ROWS));
}
