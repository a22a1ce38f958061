import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, type Tx, withWorkerConnection } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { refreshCustomersInside } from "../profiles/index.ts";
import * as store from "./match-store.ts";
import { defaultModel } from "./matching/index.ts";
import { type Settled, settleClusters } from "./settle-clusters.ts";
import { listVisible } from "./steward-store.ts";

/** Who has no model yet decides with what holds before anything is learned. */
export async function modelInForce(tx: Tx): Promise<store.StoredModel> {
  return (await store.readActiveModel(tx)) ?? { modelNo: 0, model: defaultModel(), refined: new Set() };
}

/** Fails with not_found when the caller may not see one of the records. */
export async function requireVisible(db: Db, caller: Caller, partyIds: readonly string[]): Promise<void> {
  const wanted = new Set(partyIds);
  const visible = await inTransaction(db, caller, (tx) => listVisible(tx, [...wanted]), { readOnly: true });
  if (visible.length < wanted.size) throw new DomainError("not_found", "no such record for this caller");
}

/**
 * A person's work on identity in one transaction: `decide` writes down what was decided and answers which records it touches; then the clusters around
 * them, golden values and search entries follow. Nobody else changes clusters meanwhile.
 */
export async function workOnIdentity(
  db: Db,
  caller: Caller,
  decide: (tx: Tx, stored: store.StoredModel) => Promise<readonly string[]>,
): Promise<Settled> {
  return withWorkerConnection(db, caller, (connection) =>
    connection.inTransaction(async (tx) => {
      await store.holdIdentity(tx);
      const stored = await modelInForce(tx);
      const partyIds = await decide(tx, stored);
      const settled = await settleClusters(tx, partyIds, { stored, by: caller.userId, loadNo: null });
      await refreshCustomersInside(tx, settled.customerIds);
      return settled;
    }),
  );
}
