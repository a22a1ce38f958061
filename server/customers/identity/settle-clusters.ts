import type { Tx } from "../../platform/db/index.ts";
import * as store from "./match-store.ts";
import {
  type Clustering,
  clusterRecords,
  type Decision,
  forgetPlaceholders,
  RecordTable,
  scorerOf,
  scoringTask,
} from "./matching/index.ts";
import { type KnownParty, type PlacedParty, readParties } from "./read-parties.ts";
import { strongPairs } from "./strong-keys.ts";

export interface SettleOrder {
  readonly stored: store.StoredModel;
  readonly by: string;
  /** The load that brought it about; its reversal takes the moves back. */
  readonly loadNo: number | null;
}

export interface Settled {
  /** Customers that lost or gained parties: to be computed anew. */
  readonly customerIds: readonly string[];
  readonly moved: number;
}

/**
 * Brings the clusters around these parties to what pairs, strong keys and people's decisions say, and marks what a person should look at. Needs the
 * pairs of these parties to be up to date, and holdIdentity. Doing it twice changes nothing more.
 */
export async function settleClusters(tx: Tx, partyIds: readonly string[], order: SettleOrder): Promise<Settled> {
  const { model } = order.stored;
  const connected = await store.listConnected(tx, partyIds, model.thresholds.joinBits);
  const pairs = await store.listPairs(tx, connected);
  const ids = [...new Set([...connected, ...pairs.flatMap(({ a, b }) => [a, b])])].sort();
  const parties = await readParties(tx, ids);
  const placeOf = new Map(parties.map(({ partyId }, place) => [partyId, place]));
  const known = pairs.flatMap((pair) => {
    const [a, b] = [placeOf.get(pair.a), placeOf.get(pair.b)];
    return a === undefined || b === undefined ? [] : [{ ...pair, a, b }];
  });
  const clustering = clustersOf(parties, known, order.stored);
  // Somebody at the far end of a doubtful pair is only there to be compared with: whose cluster that is was not looked at.
  const inside = new Set(connected);
  const moves = movesOf(parties, clustering, known).filter(({ partyId }) => inside.has(partyId));
  const idOf = (place: number) => parties[place]?.partyId ?? "";
  await store.markDoubts(tx, connected, [
    ...clustering.doubtful.map(({ a, b, reason }) => ({ a: idOf(a), b: idOf(b), doubt: reason })),
    ...clustering.clusters
      .filter(({ isSplitProposed }) => isSplitProposed)
      .map(({ weakest }) => ({ a: idOf(weakest.a), b: idOf(weakest.b), doubt: "split" })),
  ]);
  return carryOut(tx, parties, moves, order);
}

interface KnownPair {
  readonly a: number;
  readonly b: number;
  readonly bits: number;
  readonly decision: store.PairRow["decision"];
}

function clustersOf(parties: readonly KnownParty[], pairs: readonly KnownPair[], { model }: store.StoredModel): Clustering {
  const table = new RecordTable();
  for (const { record } of parties) table.add(record);
  forgetPlaceholders(table, model.placeholders);
  const { score, comparer } = scorerOf(scoringTask(table, model));
  return clusterRecords({
    edges: {
      a: Uint32Array.from(pairs, ({ a }) => a),
      b: Uint32Array.from(pairs, ({ b }) => b),
      bits: Float64Array.from(pairs, ({ bits }) => bits),
    },
    rank: table.ranks(),
    joinBits: model.thresholds.joinBits,
    score,
    conflict: comparer.conflict,
    decisions: decisionsOf(parties, pairs),
    byHand: enteredByHand(parties),
  });
}

/** Places of the parties that no evidence joins. */
export function enteredByHand(parties: readonly PlacedParty[]): ReadonlySet<number> {
  return new Set(parties.flatMap(({ byHand }, place) => (byHand ? [place] : [])));
}

/** What people decided comes before what identifiers say. */
export function decisionsOf(parties: readonly PlacedParty[], pairs: readonly KnownPair[]): Decision[] {
  const decided = pairs.filter(({ decision }) => decision === "same" || decision === "apart");
  const apart = new Set(decided.filter(({ decision }) => decision === "apart").map(({ a, b }) => `${Math.min(a, b)} ${Math.max(a, b)}`));
  const strong = strongPairs(parties).filter(({ a, b }) => !apart.has(`${Math.min(a, b)} ${Math.max(a, b)}`));
  return [
    ...decided.map(({ a, b, decision }) => ({ a, b, same: decision === "same" })),
    ...strong.map(({ a, b }) => ({ a, b, same: true })),
  ];
}

/**
 * Where each party belongs: to the oldest of the customers its cluster's parties first were. Each party has a first customer of its own, so two
 * clusters never want the same one, and whoever is alone again is who they were.
 */
export function movesOf(
  parties: readonly PlacedParty[],
  { clusters }: Pick<Clustering, "clusters">,
  pairs: readonly KnownPair[],
): store.Move[] {
  const clusterOf = new Map(clusters.flatMap((cluster) => cluster.records.map((record) => [record, cluster] as const)));
  const strong = new Map(strongPairs(parties).flatMap(({ a, b, scheme }) => [[a, scheme] as const, [b, scheme] as const]));
  const pairsOf = new Map<number, KnownPair[]>();
  for (const pair of pairs) for (const end of [pair.a, pair.b]) pairsOf.set(end, [...(pairsOf.get(end) ?? []), pair]);
  return parties.flatMap((party, place): store.Move[] => {
    const members = clusterOf.get(place)?.records ?? [place];
    const toCustomerId = members.map((member) => parties[member]?.firstCustomerId ?? "").sort()[0] ?? party.firstCustomerId;
    if (toCustomerId === party.customerId) return [];
    const to = { partyId: party.partyId, toCustomerId };
    const joining = (pairsOf.get(place) ?? []).filter(({ a, b }) => members.includes(a === place ? b : a));
    if (members.length === 1 || (toCustomerId === party.firstCustomerId && joining.length === 0))
      return [{ ...to, decision: "separated", evidence: {} }];
    if (joining.some(({ decision }) => decision === "same")) return [{ ...to, decision: "steward", evidence: {} }];
    const scheme = strong.get(place);
    if (scheme !== undefined)
      return [{ ...to, decision: scheme === "registration" || scheme === "lei" ? "registration" : "national_id", evidence: { scheme } }];
    const best = joining.reduce<KnownPair | null>((surest, pair) => (surest === null || pair.bits > surest.bits ? pair : surest), null);
    return [
      {
        ...to,
        decision: "matched",
        evidence: best === null ? {} : { bits: best.bits, with: parties[best.a === place ? best.b : best.a]?.partyId },
      },
    ];
  });
}

/** Moves the parties; customers that nobody is left with go. */
export async function carryOut(
  tx: Tx,
  parties: readonly PlacedParty[],
  moves: readonly store.Move[],
  order: Pick<SettleOrder, "by" | "loadNo">,
): Promise<Settled> {
  const customerOf = new Map(parties.map(({ partyId, customerId }) => [partyId, customerId]));
  const left = moves.flatMap(({ partyId }) => customerOf.get(partyId) ?? []);
  await store.moveParties(tx, moves, order.by, order.loadNo);
  await store.retireEmptied(tx, [...new Set(left)], order.loadNo);
  return { customerIds: [...new Set([...left, ...moves.map(({ toCustomerId }) => toCustomerId)])].sort(), moved: moves.length };
}
