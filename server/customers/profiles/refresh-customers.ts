import type { WorkerConnection } from "../../platform/db/index.ts";
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
