import { withWorkerConnection } from "../../platform/db/index.ts";
import { countBlocks, layBlocks, listStale, writeBlocks } from "./block-store.ts";
import { countFacts } from "./fact-store.ts";
import type { RefreshOrder } from "./refresh-order.ts";

/** Below, the rows themselves are counted in a tenth of a second. */
const CUSTOMERS_MIN = 100_000;
const BLOCKS_PER_TRANSACTION = 16;

/** Brings the blocks up to date whose customers changed; a small bank has none. Answers with how many were written. */
export async function refreshBlocks(
  { db, caller, signal }: Pick<RefreshOrder, "db" | "caller"> & Partial<Pick<RefreshOrder, "signal">>,
  customersMin: number = CUSTOMERS_MIN,
): Promise<number> {
  return withWorkerConnection(db, caller, async (connection) => {
    if ((await connection.inTransaction(countBlocks)) === 0) {
      if ((await connection.inTransaction(countFacts)) < customersMin) return 0;
      await connection.inTransaction(layBlocks);
    }
    const stale = await connection.inTransaction(listStale);
    for (let at = 0; at < stale.length; at += BLOCKS_PER_TRANSACTION) {
      signal?.throwIfAborted();
      await connection.inTransaction((tx) => writeBlocks(tx, stale.slice(at, at + BLOCKS_PER_TRANSACTION)));
    }
    return stale.length;
  });
}
