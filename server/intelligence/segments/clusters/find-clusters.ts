import { sampleAscending, seededRandom } from "../../../platform/random/index.ts";
import type { ClusterDefinition } from "../predicate-store.ts";
import { adjustedRand, silhouette } from "./judge-clusters.ts";
import { type Clustering, cluster, nearestCentres, type Points } from "./k-means.ts";

/** What customers are compared by. Amounts and counts by their logarithm, so that the few largest do not decide alone. */
export const clusterFacts = [
  { key: "out_count_3m", log: true },
  { key: "in_3m_minor", log: true },
  { key: "out_3m_minor", log: true },
  { key: "digital_share", log: false },
  { key: "cash_share", log: false },
  { key: "card_count", log: true },
  { key: "assets_minor", log: true },
  { key: "debts_minor", log: true },
  { key: "savings_minor", log: true },
  { key: "investments_minor", log: true },
  { key: "holding_count", log: true },
  { key: "salary_minor", log: true },
] as const;

export interface FoundCluster {
  readonly share: number;
  readonly customers: number;
  /** The facts in which its mean is furthest from everybody's, in standard deviations, the furthest first. */
  readonly traits: readonly { readonly key: string; readonly z: number }[];
}

export interface FoundClusters {
  readonly customers: number;
  readonly k: number;
  readonly silhouette: number;
  /** Mean adjusted Rand index between the clusters and those of redrawn samples. */
  readonly stability: number;
  readonly tried: readonly { readonly k: number; readonly silhouette: number; readonly stability: number }[];
  readonly clusters: readonly FoundCluster[];
  readonly space: Omit<ClusterDefinition, "place">;
}

const CLUSTERS = [2, 3, 4, 5, 6, 7, 8];
const SEEDS = [1, 2, 3, 4, 5];
const REDRAWS = 3;
const TRAITS_MAX = 5;
const STABLE = 0.8;

/**
 * Groups of like customers: columns robust-scaled (median, interquartile range), k-means++ from several seeds; k is the best separated (silhouette) of
 * those that come out of redrawn samples again (adjusted Rand index of 0.8 or more), or the most stable where none does. Columns hold NaN where nothing
 * is known, which counts as the middle. Needs 20 customers; the same columns and seed give the same clusters. Null where there are fewer.
 */
export function findClusters(columns: readonly Float64Array[], seed: number): FoundClusters | null {
  const customers = columns[0]?.length ?? 0;
  if (customers < 20) return null;
  const scales = columns.map((column, at) => scaleOf(column, clusterFacts[at]?.log ?? false));
  const points = pointsOf(columns, scales);
  const tried = CLUSTERS.map((k) => {
    const found = cluster(
      points,
      k,
      SEEDS.map((each) => each * 7919 + seed),
    );
    return { k, found, silhouette: silhouette(points, found.assigned), stability: stabilityOf(points, found, k, seed) };
  });
  const stable = tried.filter(({ stability }) => stability >= STABLE);
  const best =
    stable.length > 0
      ? stable.reduce((top, one) => (one.silhouette > top.silhouette ? one : top))
      : tried.reduce((top, one) => (one.stability > top.stability ? one : top));
  const counts = best.found.centres.map((_, place) => best.found.assigned.reduce((n, one) => n + (one === place ? 1 : 0), 0));
  return {
    customers,
    k: best.k,
    silhouette: best.silhouette,
    stability: best.stability,
    tried: tried.map(({ k, silhouette: separation, stability }) => ({ k, silhouette: separation, stability })),
    clusters: best.found.centres.map((centre, place) => ({
      share: (counts[place] ?? 0) / customers,
      customers: counts[place] ?? 0,
      traits: traitsOf(points, centre),
    })),
    space: { keys: clusterFacts.map(({ key }) => key), scales, centres: best.found.centres },
  };
}

function scaleOf(column: Float64Array, log: boolean): ClusterDefinition["scales"][number] {
  const known = [...column].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const at = (share: number, from: readonly number[]) => from[Math.min(from.length - 1, Math.floor(share * from.length))] ?? 0;
  const middle = at(0.5, known);
  const shaped = log ? known.map((value) => Math.sign(value) * Math.log1p(Math.abs(value))) : known;
  const width = at(0.75, shaped) - at(0.25, shaped);
  // Where most are alike, the spread of all stands in for that of the middle half.
  const mean = shaped.reduce((sum, value) => sum + value, 0) / Math.max(shaped.length, 1);
  const deviation = Math.sqrt(shaped.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(shaped.length, 1));
  return { log, middle, width: width > 1e-9 ? width : deviation > 1e-9 ? deviation : 1 };
}

/** As scaledColumn in predicate-store.ts, which puts customers outside the sample into the clusters. */
function pointsOf(columns: readonly Float64Array[], scales: ClusterDefinition["scales"]): Points {
  const [width, n] = [columns.length, columns[0]?.length ?? 0];
  const values = new Float64Array(width * n);
  columns.forEach((column, place) => {
    const { log, middle, width: spread } = scales[place] ?? { log: false, middle: 0, width: 1 };
    const shape = (value: number) => (log ? Math.sign(value) * Math.log1p(Math.abs(value)) : value);
    for (let at = 0; at < n; at += 1) {
      const value = column[at] ?? Number.NaN;
      const scaled = (shape(Number.isNaN(value) ? middle : value) - shape(middle)) / spread;
      values[at * width + place] = Math.max(-5, Math.min(5, scaled));
    }
  });
  return { values, width };
}

function stabilityOf(points: Points, found: Clustering, k: number, seed: number): number {
  const n = points.values.length / points.width;
  let sum = 0;
  for (let draw = 0; draw < REDRAWS; draw += 1) {
    const chosen = sampleAscending(n, Math.max(k, Math.floor(n / 2)), seededRandom(seed * 31 + draw));
    const values = new Float64Array(chosen.length * points.width);
    chosen.forEach((at, place) => {
      values.set(points.values.subarray(at * points.width, (at + 1) * points.width), place * points.width);
    });
    const redrawn = cluster({ values, width: points.width }, k, [seed + draw + 1, seed + draw + 101]);
    sum += adjustedRand(found.assigned, nearestCentres(points, redrawn.centres));
  }
  return sum / REDRAWS;
}

function traitsOf(points: Points, centre: readonly number[]): { key: string; z: number }[] {
  const n = points.values.length / points.width;
  return clusterFacts
    .map(({ key }, column) => {
      let [sum, squares] = [0, 0];
      for (let at = 0; at < n; at += 1) {
        const value = points.values[at * points.width + column] ?? 0;
        sum += value;
        squares += value * value;
      }
      const mean = sum / n;
      const deviation = Math.sqrt(Math.max(squares / n - mean * mean, 0));
      return { key, z: deviation < 1e-9 ? 0 : ((centre[column] ?? 0) - mean) / deviation };
    })
    .filter(({ z }) => Math.abs(z) > 0.3)
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
    .slice(0, TRAITS_MAX);
}
