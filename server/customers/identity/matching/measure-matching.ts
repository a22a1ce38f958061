/** How right an answer is: precision, recall and their harmonic mean, from counts. */
export interface Measures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

export function measures(truePositives: number, found: number, wanted: number): Measures {
  const precision = found === 0 ? 1 : truePositives / found;
  const recall = wanted === 0 ? 1 : truePositives / wanted;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    truePositives,
    falsePositives: found - truePositives,
    falseNegatives: wanted - truePositives,
  };
}

/** What is true: either the cluster of every record, or the pairs that are one. */
export type Truth = { readonly clusterOf: readonly (string | undefined)[] } | { readonly pairs: readonly (readonly [number, number])[] };

/** All pairs that are one, each as the lower number and the higher. */
export function truePairs(truth: Truth): [number, number][] {
  if ("pairs" in truth) return truth.pairs.map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
  const members = new Map<string, number[]>();
  for (const [record, cluster] of truth.clusterOf.entries()) {
    if (cluster === undefined) continue;
    const known = members.get(cluster);
    if (known === undefined) members.set(cluster, [record]);
    else known.push(record);
  }
  return [...members.values()].flatMap(pairsOf);
}

export function pairsOf(records: readonly number[]): [number, number][] {
  return records.flatMap((a, place) => records.slice(place + 1).map((b): [number, number] => (a < b ? [a, b] : [b, a])));
}

/** Of the pairs put together, those that are one; of the pairs that are one, those put together. */
export function pairMeasures(found: readonly (readonly [number, number])[], wanted: readonly (readonly [number, number])[]): Measures {
  const keys = new Set(wanted.map(pairKey));
  const distinct = new Set(found.map(pairKey));
  let right = 0;
  for (const key of distinct) if (keys.has(key)) right += 1;
  return measures(right, distinct.size, keys.size);
}

/** Whole clusters, single records included, that came out exactly. */
export function clusterMeasures(found: readonly (readonly number[])[], wanted: readonly (readonly number[])[]): Measures {
  const name = (records: readonly number[]) => records.toSorted((a, b) => a - b).join(" ");
  const names = new Set(wanted.map(name));
  const right = found.filter((records) => names.has(name(records))).length;
  return measures(right, found.length, wanted.length);
}

/** All records in groups: the clusters, and everyone else alone. */
export function withSingles(clusters: readonly (readonly number[])[], count: number): (readonly number[])[] {
  const inCluster = new Set(clusters.flat());
  return [
    ...clusters,
    ...Array.from({ length: count }, (_, record) => record)
      .filter((record) => !inCluster.has(record))
      .map((record) => [record]),
  ];
}

/** The clusters that pairs make when followed from record to record. */
export function groupsOf(pairs: readonly (readonly [number, number])[], count: number): number[][] {
  const parent = Array.from({ length: count }, (_, record) => record);
  const rootOf = (record: number): number => {
    let root = record;
    while (parent[root] !== root) root = parent[root] ?? root;
    parent[record] = root;
    return root;
  };
  for (const [a, b] of pairs) parent[rootOf(a)] = rootOf(b);
  const groups = Map.groupBy(parent.keys(), rootOf);
  return [...groups.values()].filter((records) => records.length > 1);
}

const PAIR_BASE = 2 ** 26;

function pairKey([a, b]: readonly [number, number]): number {
  return Math.min(a, b) * PAIR_BASE + Math.max(a, b);
}
