import { countOf, type Points } from "./k-means.ts";

/** Mean silhouette width (Rousseeuw 1987) of the first `most` points, by the distance to each cluster's points among them: -1 to 1. */
export function silhouette(points: Points, assigned: Int32Array, most = 600): number {
  const n = Math.min(most, countOf(points));
  const k = Math.max(...assigned) + 1;
  let [sum, judged] = [0, 0];
  for (let at = 0; at < n; at += 1) {
    const [totals, counts] = [new Float64Array(k), new Float64Array(k)];
    for (let other = 0; other < n; other += 1) {
      if (other === at) continue;
      const place = assigned[other] ?? 0;
      totals[place] = (totals[place] ?? 0) + distance(points, at, other);
      counts[place] = (counts[place] ?? 0) + 1;
    }
    const own = assigned[at] ?? 0;
    if ((counts[own] ?? 0) === 0) continue;
    const inside = (totals[own] ?? 0) / (counts[own] ?? 1);
    let outside = Number.POSITIVE_INFINITY;
    for (let place = 0; place < k; place += 1)
      if (place !== own && (counts[place] ?? 0) > 0) outside = Math.min(outside, (totals[place] ?? 0) / (counts[place] ?? 1));
    if (!Number.isFinite(outside)) continue;
    sum += (outside - inside) / Math.max(inside, outside, 1e-12);
    judged += 1;
  }
  return judged === 0 ? 0 : sum / judged;
}

function distance({ values, width }: Points, a: number, b: number): number {
  let sum = 0;
  for (let column = 0; column < width; column += 1) sum += ((values[a * width + column] ?? 0) - (values[b * width + column] ?? 0)) ** 2;
  return Math.sqrt(sum);
}

/** Adjusted Rand index of two clusterings of the same points (Hubert and Arabie 1985): 1 the same, about 0 by chance. */
export function adjustedRand(first: Int32Array, second: Int32Array): number {
  const pairs = (n: number) => (n * (n - 1)) / 2;
  const [cells, rows, columns] = [new Map<string, number>(), new Map<number, number>(), new Map<number, number>()];
  const add = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  first.forEach((a, at) => {
    const b = second[at] ?? 0;
    add(cells, `${a} ${b}`);
    add(rows, a);
    add(columns, b);
  });
  const sum = (counts: Map<unknown, number>) => [...counts.values()].reduce((total, n) => total + pairs(n), 0);
  const [both, a, b] = [sum(cells), sum(rows), sum(columns)];
  const expected = (a * b) / Math.max(pairs(first.length), 1);
  const most = (a + b) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}
