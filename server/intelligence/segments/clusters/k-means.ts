import { seededRandom } from "../../../platform/random/index.ts";

/** Points as rows of one array: point i is values[i * width .. i * width + width). */
export interface Points {
  readonly values: Float64Array;
  readonly width: number;
}

export interface Clustering {
  readonly centres: readonly (readonly number[])[];
  /** The centre of each point, by its place. */
  readonly assigned: Int32Array;
  /** Sum of squared distances to the centres. */
  readonly inertia: number;
}

const ROUNDS_MAX = 60;

export const countOf = ({ values, width }: Points): number => values.length / width;

function squaredDistance(points: Points, at: number, centre: readonly number[]): number {
  let sum = 0;
  for (let column = 0; column < points.width; column += 1) {
    const difference = (points.values[at * points.width + column] ?? 0) - (centre[column] ?? 0);
    sum += difference * difference;
  }
  return sum;
}

const rowAt = (points: Points, at: number): number[] => [...points.values.subarray(at * points.width, (at + 1) * points.width)];

/** First centres far from each other: each next one drawn in proportion to its squared distance (Arthur and Vassilvitskii 2007). */
function firstCentres(points: Points, k: number, random: () => number): number[][] {
  const n = countOf(points);
  const centres = [rowAt(points, Math.floor(random() * n))];
  const nearest = Float64Array.from({ length: n }, (_, at) => squaredDistance(points, at, centres[0] ?? []));
  while (centres.length < k) {
    let left = random() * nearest.reduce((sum, d) => sum + d, 0);
    let chosen = 0;
    for (; chosen < n - 1; chosen += 1) {
      left -= nearest[chosen] ?? 0;
      if (left <= 0) break;
    }
    const centre = rowAt(points, chosen);
    centres.push(centre);
    for (let at = 0; at < n; at += 1) nearest[at] = Math.min(nearest[at] ?? 0, squaredDistance(points, at, centre));
  }
  return centres;
}

function assign(points: Points, centres: readonly (readonly number[])[], assigned: Int32Array): { inertia: number; moved: number } {
  let [inertia, moved] = [0, 0];
  for (let at = 0; at < assigned.length; at += 1) {
    let [best, distance] = [0, Number.POSITIVE_INFINITY];
    centres.forEach((centre, place) => {
      const d = squaredDistance(points, at, centre);
      if (d < distance) [best, distance] = [place, d];
    });
    if (assigned[at] !== best) moved += 1;
    assigned[at] = best;
    inertia += distance;
  }
  return { inertia, moved };
}

function meansOf(points: Points, assigned: Int32Array, before: readonly (readonly number[])[]): number[][] {
  const sums = before.map(() => new Float64Array(points.width + 1));
  assigned.forEach((place, at) => {
    const sum = sums[place];
    if (sum === undefined) return;
    for (let column = 0; column < points.width; column += 1)
      sum[column] = (sum[column] ?? 0) + (points.values[at * points.width + column] ?? 0);
    sum[points.width] = (sum[points.width] ?? 0) + 1;
  });
  // A centre that nobody is nearest to stays where it was.
  return sums.map((sum, place) => {
    const members = sum[points.width] ?? 0;
    return members === 0 ? [...(before[place] ?? [])] : [...sum.subarray(0, points.width)].map((value) => value / members);
  });
}

/** Lloyd's k-means from one seed. The same points and seed give the same clusters. */
export function clusterOnce(points: Points, k: number, seed: number): Clustering {
  let centres: number[][] = firstCentres(points, k, seededRandom(seed));
  const assigned = new Int32Array(countOf(points)).fill(-1);
  let { inertia, moved } = assign(points, centres, assigned);
  for (let round = 0; round < ROUNDS_MAX && moved > 0; round += 1) {
    centres = meansOf(points, assigned, centres);
    ({ inertia, moved } = assign(points, centres, assigned));
  }
  return { centres, assigned, inertia };
}

/** The best of several seeds. */
export function cluster(points: Points, k: number, seeds: readonly number[]): Clustering {
  const all = seeds.map((seed) => clusterOnce(points, k, seed));
  return all.reduce((best, one) => (one.inertia < best.inertia ? one : best));
}

/** Which centre each of other points is nearest to. */
export function nearestCentres(points: Points, centres: readonly (readonly number[])[]): Int32Array {
  const assigned = new Int32Array(countOf(points));
  assign(points, centres, assigned);
  return assigned;
}
