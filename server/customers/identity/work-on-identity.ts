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
  return (await store.readActiveModel(tx)) ?? { modelNo: 0, model: defaultModel(), refined: new Set(), sources: new Set() };
}

/** Fails with not_found when the caller may not see one of the records. */
export async function requireVisible(db: Db, caller: Caller, partyIds: readonly string[]): Promise<void> {
  const wanted = new Set(partyIds);
  const visible = await inTransaction(db, caller, (tx) => listVisible(tx, [...wanted]), { readOnly: true });
  if (visible.length < wanted.size) throw new DomainError("not_found", "no such record for this caller");
}

export interface Work {
  /** Writes down what was decided; answers which records it touches. */
  readonly decide: (tx: Tx, stored: store.StoredModel) => Promise<readonly string[]>;
  /** Pairs that have to be one customer afterwards: else something verified keeps their clusters apart, and nothing is decided. */
  readonly toBeOne?: readonly { readonly a: string; readonly b: string }[];
}

/**
 * A person's work on identity in one transaction: what was decided, then the clusters around it, golden values and search entries. Nobody else changes
 * clusters meanwhile. Fails with what `decide` fails with, and with invalid_state when `toBeOne` did not come about.
 */
export async function workOnIdentity(db: Db, caller: Caller, { decide, toBeOne = [] }: Work): Promise<Settled> {
  return withWorkerConnection(db, caller, (connection) =>
    connection.inTransaction(async (tx) => {
      await store.holdIdentity(tx);
      const stored = await modelInForce(tx);
      const partyIds = await decide(tx, stored);
      const settled = await settleClusters(tx, partyIds, { stored, by: caller.userId, loadNo: null });
      if (!(await store.areOne(tx, toBeOne))) throw differ();
      await refreshCustomersInside(tx, settled.customerIds);
      return settled;
    }),
  );
}

export const differ = () =>
  new DomainError("invalid_state", "verified identifiers of one kind differ", { detail: { reason: "identifiers_differ" } });
