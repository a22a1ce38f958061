import { type ContextCaller, type Db, type WorkerConnection, withWorkerConnection } from "../../platform/db/index.ts";
import { refreshCustomers } from "../profiles/index.ts";
import { learnAndMatch } from "./learn-and-match.ts";
import * as store from "./match-store.ts";
import { blockBound, forgetPlaceholders, keysOfRecord, RecordTable, scorerOf, scoringTask } from "./matching/index.ts";
import { readParties } from "./read-parties.ts";
import { settleClusters } from "./settle-clusters.ts";

/** Parties read and compared in one go: the neighbours of so many fit into a few megabytes. */
const BATCH_PARTIES = 1_000;
/** From this share of all parties on, going over everybody is cheaper than asking for the neighbours of each, and the bank is another one. */
const WHOLE_FROM_SHARE = 0.2;
/** So many parties of a source the model has not seen are matched under it. */
const UNSEEN_PARTIES_MAX = 200;

export interface MatchOrder {
  readonly db: Db;
  readonly caller: ContextCaller & { readonly userId: string };
  readonly loadNo: number;
}

/**
 * Matches what a load brought or changed against everybody, under the model in force; nothing happens while there is none. The cost follows what
 * changed. Clusters come out as if everybody were matched anew. A load that makes the bank another one (a new source, a fifth of all parties) has a
 * model learned anew first. Doing it twice changes nothing more, so after a crash it is simply done again.
 */
export async function matchAfterLoad({ db, caller, loadNo }: MatchOrder): Promise<void> {
  const isAnotherBank = await withWorkerConnection(db, caller, async (connection) => {
    const { stored, partyIds, all, source } = await connection.inTransaction(async (tx) => {
      const model = await store.readActiveModel(tx);
      if (model === null) return { stored: null, partyIds: [], all: 0, source: "" };
      return {
        stored: model,
        partyIds: await store.listChangedParties(tx, loadNo),
        all: await store.countParties(tx),
        source: await store.sourceOf(tx, loadNo),
      };
    });
    if (stored === null || partyIds.length === 0) return false;
    // What is common in a source that nobody has learned from, names above all, would count as rare.
    const isUnknown = partyIds.length > UNSEEN_PARTIES_MAX && !stored.sources.has(source);
    if (isUnknown || (partyIds.length > BATCH_PARTIES && partyIds.length > all * WHOLE_FROM_SHARE)) return true;
    await matchParties(connection, stored, partyIds, { by: caller.userId, loadNo, all });
    return false;
  });
  if (isAnotherBank) await learnAndMatch({ db, caller, loadNo });
}

/** Parties that got old values back: keys, pairs and clusters follow. */
export async function matchAgain(db: Db, caller: MatchOrder["caller"], partyIds: readonly string[]): Promise<void> {
  if (partyIds.length === 0) return;
  const changed = await withWorkerConnection(db, caller, async (connection) => {
    const { stored, all } = await connection.inTransaction(async (tx) => ({
      stored: await store.readActiveModel(tx),
      all: await store.countParties(tx),
    }));
    return stored === null ? [] : matchParties(connection, stored, partyIds, { by: caller.userId, loadNo: null, all });
  });
  await refreshCustomers(db, caller, changed);
}

/** The same for any parties. Answers the customers that changed. */
export async function matchParties(
  connection: WorkerConnection,
  stored: store.StoredModel,
  partyIds: readonly string[],
  order: { by: string; loadNo: number | null; all: number },
): Promise<readonly string[]> {
  const batches = Array.from({ length: Math.ceil(partyIds.length / BATCH_PARTIES) }, (_, batch) =>
    partyIds.slice(batch * BATCH_PARTIES, (batch + 1) * BATCH_PARTIES),
  );
  for (const batch of batches) await connection.inTransaction((tx) => keepKeys(tx, stored, batch));
  await connection.inTransaction(store.settleMatching);
  for (const batch of batches) await connection.inTransaction((tx) => comparePairs(tx, stored, batch, blockBound(order.all)));
  const changed = new Set<string>();
  for (const batch of batches) {
    const { customerIds } = await connection.inTransaction(async (tx) => {
      await store.holdIdentity(tx);
      return settleClusters(tx, batch, { stored, ...order });
    });
    for (const id of customerIds) changed.add(id);
  }
  return [...changed];
}

type Tx = Parameters<typeof readParties>[0];

/** Keeps by which keys these parties are found. */
export async function keepKeys(tx: Tx, { model, refined }: store.StoredModel, partyIds: readonly string[]): Promise<void> {
  const parties = await readParties(tx, partyIds);
  const table = new RecordTable();
  for (const { record } of parties) table.add(record);
  forgetPlaceholders(table, model.placeholders);
  const arrays = table.arrays();
  const keysOf = (place: number) => keysOfRecord(arrays, place, (key) => refined.has(key));
  await store.saveEntries(
    tx,
    parties.map(({ partyId }, place) => ({ partyId, keys: keysOf(place) })),
  );
}

async function comparePairs(tx: Tx, { model, modelNo }: store.StoredModel, partyIds: readonly string[], bound: number): Promise<void> {
  const neighbours = await store.listNeighbours(tx, partyIds, bound);
  const parties = await readParties(tx, [...new Set(neighbours.flatMap(({ a, b }) => [a, b]))]);
  const table = new RecordTable();
  const placeOf = new Map(parties.map(({ partyId, record }) => [partyId, table.add(record)]));
  forgetPlaceholders(table, model.placeholders);
  const { score } = scorerOf(scoringTask(table, model));
  const pairs = neighbours.flatMap(({ a, b }) => {
    const [one, other] = [placeOf.get(a), placeOf.get(b)];
    if (one === undefined || other === undefined) return [];
    const bits = score(one, other);
    return bits >= model.thresholds.doubtBits ? [{ a, b, bits }] : [];
  });
  await store.forgetPairs(tx, partyIds);
  await store.savePairs(tx, modelNo, pairs);
}
