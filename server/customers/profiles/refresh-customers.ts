import type { Tx, WorkerConnection } from "../../platform/db/index.ts";
import { computeGolden, type GoldenPaths, writeGolden } from "./refresh-golden.ts";
import { refreshHoldings } from "./refresh-holdings.ts";
import { refreshSearch } from "./refresh-search.ts";
import { noteCustomers, noteTouched, prepareRefresh } from "./refresh-touched.ts";

/** Customers written in one transaction. */
const BATCH_ROWS = 20_000;

export interface RefreshProgress {
  readonly done: number;
  readonly of: number;
}

/**
 * Brings golden values, totals and search entries of every customer a load touched up to date, in bounded transactions. Doing it twice changes
 * nothing more, so after a crash it is simply done again.
 */
export async function refreshAfterLoad(
  connection: WorkerConnection,
  loadNo: number,
  onProgress: (progress: RefreshProgress) => void = () => undefined,
  paths?: GoldenPaths,
): Promise<void> {
  const batches = await connection.inTransaction(async (tx) => {
    await prepareRefresh(tx);
    await noteTouched(tx, loadNo, false);
    await refreshHoldings(tx, loadNo);
    return noteCustomers(tx, BATCH_ROWS);
  });
  for (let batchNo = 0; batchNo < batches; batchNo += 1) {
    await connection.inTransaction(async (tx) => {
      await computeGolden(tx, batchNo, paths);
      await writeGolden(tx, batchNo);
      await refreshSearch(tx, batchNo);
    });
    onProgress({ done: batchNo + 1, of: batches });
  }
}

/** As refreshAfterLoad, inside the transaction of a small load (corrected rows). */
export async function refreshInside(tx: Tx, loadNo: number): Promise<void> {
  await prepareRefresh(tx);
  await noteTouched(tx, loadNo, false);
  await refreshAfterReversal(tx, loadNo);
}

/** Before the rows of a load go: notes whose customers will have to be computed anew. */
export async function noteReversal(tx: Tx, loadNo: number): Promise<void> {
  await prepareRefresh(tx);
  await noteTouched(tx, loadNo, true);
  await noteCustomers(tx, BATCH_ROWS);
}

/** After they are gone, in the same transaction: customers without parties go, the others are computed from what is left. */
export async function refreshAfterReversal(tx: Tx, loadNo: number): Promise<void> {
  await refreshHoldings(tx, loadNo);
  const batches = await noteCustomers(tx, BATCH_ROWS);
  for (let batchNo = 0; batchNo < batches; batchNo += 1) {
    await computeGolden(tx, batchNo);
    await writeGolden(tx, batchNo);
    await refreshSearch(tx, batchNo);
  }
}
