import type { Tx } from "../../platform/db/index.ts";
import type { JoinOrder } from "./join-order.ts";
import { retireEmptied } from "./match-store.ts";
import * as store from "./store.ts";

// Each round carries the oldest customer one shared key further; real clusters are stars, so more rounds mean a chain of wrong keys.
const ROUNDS_MAX = 30;

/**
 * Decides to which customer the parties of a chunk belong, by strong keys only: the same verified national id, tax id, or (organisations)
 * registration or LEI. Runs in the chunk's transaction, after its parties (`landing_party`) and identifiers (`landing_identifier`) have landed.
 * The result does not depend on the order of rows: of all customers that share keys the oldest stays.
 */
export async function joinByStrongKeys(tx: Tx, order: JoinOrder): Promise<void> {
  if (await store.collectSharedKeys(tx)) {
    for (let round = 0; round < ROUNDS_MAX && (await store.spreadOldest(tx)) > 0; round += 1);
    await store.planMoves(tx);
    await store.undoLinks(tx, order);
    await store.movePointers(tx);
    await retireEmptied(tx, await store.listGivenWay(tx), order.loadNo);
  }
  await store.insertLinks(tx, order);
}
