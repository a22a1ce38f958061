import type { Edges } from "./score-blocks.ts";
import { sortKeys } from "./sorted-keys.ts";

/**
 * Two records that a person should look at. `weak` and `conflict`: the evidence of this pair would do, but not that of the clusters as a whole.
 * `by hand`: it would do, but one of the two was entered by hand, and such a record is joined by people only.
 */
export interface DoubtfulPair {
  readonly a: number;
  readonly b: number;
  readonly bits: number;
  readonly reason: "between thresholds" | "weak" | "conflict" | "by hand";
}

export interface Cluster {
  /** In the order of sources and keys; at least two. */
  readonly records: readonly number[];
  /** The link that holds least; below the bound of `splitBelowBits` the cluster is proposed for splitting there. */
  readonly weakest: { readonly a: number; readonly b: number; readonly bits: number };
  readonly isSplitProposed: boolean;
}

export interface Decision {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}

export interface ClusteringOrder {
  readonly edges: Edges;
  /** The place of each record in the order of sources and keys: decides ties. */
  readonly rank: Uint32Array;
  readonly joinBits: number;
  readonly score: (a: number, b: number) => number;
  readonly conflict: (a: number, b: number) => boolean;
  /** What people decided; holds against any evidence but a conflict. */
  readonly decisions: readonly Decision[];
  /** Records that no evidence joins, only a person's decision. */
  readonly byHand?: ReadonlySet<number>;
}

export interface Clustering {
  readonly clusters: readonly Cluster[];
  readonly doubtful: readonly DoubtfulPair[];
}

const CROSS_PAIRS_EACH_MAX = 8;
// One silly field must not outvote all others when links are averaged.
const LINK_BITS_MAX = 12;
const AVERAGE_BITS_MIN = 0;
const SPLIT_MARGIN_BITS = 2;

interface Group {
  members: number[];
  weakest: { a: number; b: number; bits: number };
}

/**
 * Joins the surest pairs first; two groups join only if no member conflicts with a member of the other and their members agree on average, so that one
 * link does not chain strangers together. Depends on nothing but edges and ranks: pieces that no edge connects never influence each other.
 */
export function clusterRecords(order: ClusteringOrder): Clustering {
  // By record: a map of a million entries costs several times as much.
  const groups = new Array<Group | undefined>(order.rank.length);
  const groupOf = (record: number): Group => {
    const known = groups[record];
    if (known !== undefined) return known;
    const alone: Group = { members: [record], weakest: { a: record, b: record, bits: Number.POSITIVE_INFINITY } };
    groups[record] = alone;
    return alone;
  };
  const apart = apartOf(order.decisions);
  const areApart = (one: Group, other: Group) =>
    apart.size > 0 && one.members.some((member) => apart.get(member)?.some((record) => groups[record] === other));
  const differ = (one: Group, other: Group) => one.members.some((x) => other.members.some((y) => order.conflict(x, y)));
  const refused = new Map<number, DoubtfulPair>();
  const join = (one: Group, other: Group, link: Group["weakest"]) => {
    const [large, small] = one.members.length >= other.members.length ? [one, other] : [other, one];
    for (const member of small.members) groups[member] = large;
    large.members.push(...small.members);
    for (const weakest of [small.weakest, link]) if (weakest.bits < large.weakest.bits) large.weakest = weakest;
  };
  for (const { a, b, same } of order.decisions) {
    const [one, other] = [groupOf(a), groupOf(b)];
    if (same && one !== other && !areApart(one, other) && !differ(one, other)) join(one, other, { a, b, bits: LINK_BITS_MAX });
  }
  for (const edge of surestFirst(order)) {
    const [a, b] = [order.edges.a[edge] as number, order.edges.b[edge] as number];
    const bits = order.edges.bits[edge] as number;
    const [one, other] = [groupOf(a), groupOf(b)];
    if (one === other) continue;
    if (areApart(one, other)) continue;
    const reason = refusalOf(
      order,
      { a, b, bits },
      () => differ(one, other),
      () => doAgree(order, one, other),
    );
    if (reason === null) join(one, other, { a, b, bits });
    else if (!refused.has(pairKey(a, b))) refused.set(pairKey(a, b), { a, b, bits, reason });
  }
  return { clusters: listClusters(groups, order), doubtful: onePerGroups([...refused.values()], groupOf, order.rank) };
}

/** Why a pair is not joined by its evidence; null when it is. */
function refusalOf(
  { joinBits, byHand }: ClusteringOrder,
  { a, b, bits }: Group["weakest"],
  differ: () => boolean,
  agree: () => boolean,
): DoubtfulPair["reason"] | null {
  if (bits < joinBits) return "between thresholds";
  if (differ()) return "conflict";
  if (byHand?.has(a) || byHand?.has(b)) return "by hand";
  return agree() ? null : "weak";
}

/** What people keep apart, both ways. */
function apartOf(decisions: readonly Decision[]): ReadonlyMap<number, readonly number[]> {
  const apart = new Map<number, number[]>();
  for (const { a, b, same } of decisions) {
    if (same) continue;
    apart.set(a, [...(apart.get(a) ?? []), b]);
    apart.set(b, [...(apart.get(b) ?? []), a]);
  }
  return apart;
}

/** Whether the members of two groups agree on average; a pair of two always does. */
function doAgree({ rank, score }: ClusteringOrder, one: Group, other: Group): boolean {
  const pairs = crossPairs(one, other, rank);
  if (pairs.length === 1) return true;
  const sum = pairs.reduce((all, [x, y]) => all + Math.max(-LINK_BITS_MAX, Math.min(LINK_BITS_MAX, score(x, y))), 0);
  return sum / pairs.length >= AVERAGE_BITS_MIN;
}

/** Pairs across two groups, the first eight members of each by rank: enough to see whether they agree, and a bound on the scoring. */
function crossPairs(one: Group, other: Group, rank: Uint32Array): (readonly [number, number])[] {
  const first = ({ members }: Group) =>
    members.length <= CROSS_PAIRS_EACH_MAX
      ? members
      : members.toSorted((a, b) => (rank[a] as number) - (rank[b] as number)).slice(0, CROSS_PAIRS_EACH_MAX);
  const right = first(other);
  return first(one).flatMap((a) => right.map((b) => [a, b] as const));
}

const PAIR_BASE = 2 ** 26;
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** One number for two records, whichever comes first; tables hold fewer than 2^26 records. */
function pairKey(a: number, b: number): number {
  return Math.min(a, b) * PAIR_BASE + Math.max(a, b);
}

const SIGN = 0x80000000;

/** Sorted by the upper half of each number as it stands in memory, and only where that is the same by all there is. */
function surestFirst({ edges, rank }: ClusteringOrder): Uint32Array {
  const low = (edge: number) => Math.min(rank[edges.a[edge] as number] as number, rank[edges.b[edge] as number] as number);
  const high = (edge: number) => Math.max(rank[edges.a[edge] as number] as number, rank[edges.b[edge] as number] as number);
  const halves = new DataView(edges.bits.buffer, edges.bits.byteOffset, edges.bits.byteLength);
  const upper = Uint32Array.from(edges.bits, (bits, edge) => {
    const half = halves.getUint32(edge * 8 + (IS_LITTLE_ENDIAN ? 4 : 0), IS_LITTLE_ENDIAN);
    return bits < 0 ? half : SIGN - 1 - half;
  });
  const { keys, records: order } = sortKeys(
    upper,
    Uint32Array.from(edges.bits, (_, edge) => edge),
  );
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (keys[to] === keys[from]) to += 1;
    if (to - from > 1)
      order
        .subarray(from, to)
        .sort((x, y) => (edges.bits[y] as number) - (edges.bits[x] as number) || low(x) - low(y) || high(x) - high(y));
    from = to;
  }
  return order;
}

function listClusters(groups: readonly (Group | undefined)[], { rank, joinBits }: ClusteringOrder): Cluster[] {
  const byRank = (a: number, b: number) => (rank[a] as number) - (rank[b] as number);
  return [...new Set(groups)]
    .filter((group): group is Group => group !== undefined && group.members.length > 1)
    .map(({ members, weakest }) => ({
      records: members.toSorted(byRank),
      weakest,
      isSplitProposed: members.length > 2 && weakest.bits < joinBits + SPLIT_MARGIN_BITS,
    }))
    .sort((x, y) => byRank(x.records[0] as number, y.records[0] as number));
}

/** The best pair between any two groups, as they ended up; the surest first. */
function onePerGroups(pairs: readonly DoubtfulPair[], groupOf: (record: number) => Group, rank: Uint32Array): DoubtfulPair[] {
  const seen = new Set<number>();
  return pairs.filter(({ a, b }) => {
    const [one, other] = [groupOf(a), groupOf(b)];
    if (one === other) return false;
    const least = ({ members }: Group) =>
      members.reduce((found, member) => ((rank[member] as number) < (rank[found] as number) ? member : found));
    const key = pairKey(least(one), least(other));
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
