import { withWorkerConnection } from "../../platform/db/index.ts";
import { countBlocks, layBlocks, listStale, writeBlocks } from "./block-store.ts";
import { countFacts } from "./fact-store.ts";
import { allEnded, type RefreshOrder } from "./refresh-order.ts";

/** Below, the rows themselves are counted in a tenth of a second. */
const CUSTOMERS_MIN = 100_000;
const BLOCKS_PER_TRANSACTION = 16;
/** Writing them is work of the database's processes alone: one for each of two cores. */
const CONNECTIONS = 2;

/** Brings the blocks up to date whose customers changed; a small bank has none. Answers with how many were written. */
export async function refreshBlocks(
  { db, caller, signal }: Pick<RefreshOrder, "db" | "caller"> & Partial<Pick<RefreshOrder, "signal">>,
  customersMin: number = CUSTOMERS_MIN,
): Promise<number> {
  const stale = await withWorkerConnection(db, caller, async (connection) => {
    if ((await connection.inTransaction(countBlocks)) === 0) {
      if ((await connection.inTransaction(countFacts)) < customersMin) return [];
      await connection.inTransaction(layBlocks);
    }
    return connection.inTransaction(listStale);
  });
  const left = [...stale];
  const write = () =>
    withWorkerConnection(db, caller, async (connection) => {
      for (let next = left.splice(0, BLOCKS_PER_TRANSACTION); next.length > 0; next = left.splice(0, BLOCKS_PER_TRANSACTION)) {
        signal?.throwIfAborted();
        const blocks = next;
        await connection.inTransaction((tx) => writeBlocks(tx, blocks));
      }
    });
  await allEnded(Array.from({ length: Math.min(CONNECTIONS, Math.ceil(stale.length / BLOCKS_PER_TRANSACTION)) }, write));
  return stale.length;
}
