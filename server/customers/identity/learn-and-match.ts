import type { ContextCaller, Db, Tx, WorkerConnection } from "../../platform/db/index.ts";
import { withWorkerConnection } from "../../platform/db/index.ts";
import { refreshCustomers } from "../profiles/index.ts";
import * as store from "./match-store.ts";
import {
  type IdentityModel,
  type Matching,
  type MatchRecord,
  matchRecords,
  RecordTable,
  readInParallel,
  type Thresholds,
} from "./matching/index.ts";
import { type KnownParty, type PlacedParty, readPartiesAfter } from "./read-parties.ts";
import { carryOut, decisionsOf, enteredByHand, movesOf } from "./settle-clusters.ts";

const READ_PARTIES = 5_000;
const WRITE_ROWS = 20_000;
// A thread first reads its dictionaries: a small bank is through by then.
const READ_ON_THREADS_FROM = 50_000;
const READ_THREADS = 2;

export interface LearnOrder {
  readonly db: Db;
  readonly caller: ContextCaller & { readonly userId: string };
  /** The load that brought it about; its reversal takes the moves back. */
  readonly loadNo: number | null;
  /** Match under this model; without one, a new model is learned from everybody and put into force, with the thresholds of the one before. */
  readonly model?: store.StoredModel;
  /** Other thresholds for the model in force, which becomes a model of its own. */
  readonly thresholds?: Thresholds;
}

export interface Learned {
  readonly modelNo: number;
  readonly parties: number;
  readonly pairsCompared: number;
  readonly moved: number;
  /** Customers that lost or gained parties. */
  readonly customerIds: readonly string[];
}

/**
 * Matches everybody against everybody, from nothing. What people decided holds, and teaches the model when one is learned. Golden values follow, here or
 * at the end of the load.
 */
export async function learnAndMatch(order: LearnOrder): Promise<Learned> {
  const learned = await withWorkerConnection(order.db, order.caller, async (connection) => {
    const { parties, table, sources } = await readAll(connection);
    const pairs = await connection.inTransaction((tx) => decidedPairs(tx, parties));
    const labels = pairs.filter(({ decision }) => decision !== "later").map(({ a, b, decision }) => ({ a, b, same: decision === "same" }));
    const matching = await matchRecords({
      table,
      labels,
      decisions: decisionsOf(parties, pairs),
      byHand: enteredByHand(parties),
      ...(await given(connection, order)),
    });
    const modelNo =
      order.model?.modelNo ??
      (await connection.inTransaction((tx) => keepModel(tx, order, matching, { parties: parties.length, sources })));
    await writeEntries(connection, parties, matching);
    return connection.inTransaction(async (tx) => {
      await store.holdIdentity(tx);
      await writePairs(tx, parties, matching, modelNo);
      const moves = movesOf(parties, matching, edgesOf(matching, pairs));
      const { moved, customerIds } = await carryOut(tx, parties, moves, { by: order.caller.userId, loadNo: order.loadNo });
      return { modelNo, parties: parties.length, pairsCompared: matching.pairsCompared, moved, customerIds };
    });
  });
  // A load refreshes whatever it touched when it comes to its end.
  if (order.loadNo === null) await refreshCustomers(order.db, order.caller, learned.customerIds);
  return learned;
}

/** What matching goes by beside the records: a model that stands, or what a new one keeps of it. */
async function given(
  connection: WorkerConnection,
  { model, thresholds }: LearnOrder,
): Promise<{ model?: IdentityModel; thresholds?: Thresholds }> {
  if (model !== undefined) return { model: model.model };
  const inForce = await connection.inTransaction(store.readActiveModel);
  if (inForce === null) return {};
  return thresholds === undefined ? { thresholds: inForce.model.thresholds } : { model: { ...inForce.model, thresholds } };
}

/** Everybody, in order of their ids; a large bank's records are normalised on threads of their own while the next are fetched. */
async function readAll(connection: WorkerConnection): Promise<{ parties: PlacedParty[]; table: RecordTable; sources: string[] }> {
  const parties: PlacedParty[] = [];
  const sources = new Set<string>();
  async function* recordsInBatches(): AsyncGenerator<MatchRecord[]> {
    for (let afterId: string | null = null; ; ) {
      const next: KnownParty[] = await connection.inTransaction((tx) => readPartiesAfter(tx, afterId, READ_PARTIES));
      for (const { record, ...party } of next) {
        sources.add(record.source);
        parties.push(party);
      }
      yield next.map(({ record }) => record);
      afterId = next.at(-1)?.partyId ?? afterId;
      if (next.length < READ_PARTIES) return;
    }
  }
  const isLarge = (await connection.inTransaction(store.countParties)) >= READ_ON_THREADS_FROM;
  const table = isLarge ? await readInParallel(inLines(recordsInBatches()), READ_THREADS) : await tableOf(recordsInBatches());
  return { parties, table, sources: [...sources].sort() };
}

async function* inLines(batches: AsyncIterable<readonly MatchRecord[]>): AsyncGenerator<Buffer> {
  for await (const records of batches) yield Buffer.from(records.map((record) => JSON.stringify(record)).join("\n"));
}

async function tableOf(batches: AsyncIterable<readonly MatchRecord[]>): Promise<RecordTable> {
  const table = new RecordTable();
  for await (const records of batches) for (const record of records) table.add(record);
  return table;
}

async function decidedPairs(tx: Tx, parties: readonly PlacedParty[]) {
  const placeOf = new Map(parties.map(({ partyId }, place) => [partyId, place]));
  return (await store.listDecidedPairs(tx)).flatMap((pair) => {
    const [a, b] = [placeOf.get(pair.a), placeOf.get(pair.b)];
    return a === undefined || b === undefined ? [] : [{ ...pair, a, b }];
  });
}

function edgesOf({ edges }: Matching, decided: Awaited<ReturnType<typeof decidedPairs>>) {
  const decisionOf = new Map(decided.map(({ a, b, decision }) => [`${Math.min(a, b)} ${Math.max(a, b)}`, decision]));
  const pairs = Array.from(edges.a, (a, edge) => {
    const b = edges.b[edge] ?? 0;
    const key = `${Math.min(a, b)} ${Math.max(a, b)}`;
    const decision = decisionOf.get(key) ?? null;
    decisionOf.delete(key);
    return { a, b, bits: edges.bits[edge] ?? 0, decision };
  });
  return [...pairs, ...decided.filter(({ a, b }) => decisionOf.has(`${Math.min(a, b)} ${Math.max(a, b)}`))];
}

async function keepModel(
  tx: Tx,
  order: LearnOrder,
  { model, blocks, pairsCompared, seconds, edges }: Matching,
  read: { parties: number; sources: readonly string[] },
): Promise<number> {
  const training = { ...read, pairsCompared, seconds, blocks: blocks.report, bits: distributionOf(edges.bits) };
  return store.insertModel(tx, { model, refined: blocks.refined, training, createdBy: order.caller.userId });
}

/** How many pairs have so many bits of evidence, by whole bits. */
function distributionOf(bits: Float64Array): Record<string, number> {
  const counts = new Map<number, number>();
  for (const value of bits) counts.set(Math.floor(value), (counts.get(Math.floor(value)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => a - b));
}

async function writeEntries(connection: WorkerConnection, parties: readonly PlacedParty[], { blocks }: Matching): Promise<void> {
  for (let from = 0; from < parties.length; from += READ_PARTIES) {
    const entries = parties.slice(from, from + READ_PARTIES).map(({ partyId }, at) => ({
      partyId,
      keys: [...blocks.keys.subarray(blocks.keysFrom[from + at], blocks.keysFrom[from + at + 1])],
    }));
    await connection.inTransaction((tx) => store.saveEntries(tx, entries));
  }
  await connection.inTransaction(store.settleMatching);
}

async function writePairs(
  tx: Tx,
  parties: readonly PlacedParty[],
  { edges, doubtful, clusters }: Matching,
  modelNo: number,
): Promise<void> {
  const idOf = (place: number) => parties[place]?.partyId ?? "";
  await store.forgetAllPairs(tx);
  const pairs = Array.from(edges.a, (a, edge) => ({ a: idOf(a), b: idOf(edges.b[edge] ?? 0), bits: edges.bits[edge] ?? 0 }));
  for (let from = 0; from < pairs.length; from += WRITE_ROWS) await store.savePairs(tx, modelNo, pairs.slice(from, from + WRITE_ROWS));
  const splits = clusters.filter(({ isSplitProposed }) => isSplitProposed).map(({ weakest }) => ({ ...weakest, reason: "split" }));
  const doubts = [...doubtful, ...splits].map(({ a, b, reason }) => ({ a: idOf(a), b: idOf(b), doubt: reason }));
  await store.markAllDoubts(tx, doubts);
}
