/** Shares are 0 to 1; a cumulative profit is a share of the total and rises above 1 where some customers cost more than they bring. */
export interface WhaleCurve {
  readonly customers: number;
  readonly totalMinor: bigint;
  /** At most 201 points from (0, 0) to (1, 1), best customers first. Empty when the total is not positive: shares of it would mean nothing. */
  readonly points: readonly { readonly customers: number; readonly profit: number }[];
  /** Cumulative profit of the best 20 % of customers; null without a positive total. */
  readonly topFifth: number | null;
  /** The smallest share of customers that brings 80 % of the profit. */
  readonly eightyPercentAt: number | null;
  /** Where the curve is highest: who comes after takes profit away. */
  readonly peak: { readonly customers: number; readonly profit: number } | null;
  /** 0 when all bring the same; above 1 where losses are large. */
  readonly gini: number | null;
  readonly destroyers: { readonly customers: number; readonly lossMinor: bigint };
}

const POINTS = 200;

/**
 * Cumulative profit over customers, most profitable first (Kaplan and Narayanan, "Measuring and managing customer profitability", 2001).
 * Gini = Σ (2i − n − 1) x_i / (n Σ x), profits x rising. Linear in memory, n log n in time.
 */
export function whaleCurve(profitsMinor: readonly bigint[]): WhaleCurve {
  const sorted = Float64Array.from(profitsMinor, Number).sort().reverse();
  const n = sorted.length;
  const totalMinor = profitsMinor.reduce((sum, profit) => sum + profit, 0n);
  const losses = profitsMinor.filter((profit) => profit < 0n);
  const destroyers = { customers: losses.length, lossMinor: losses.reduce((sum, profit) => sum + profit, 0n) };
  const base = { customers: n, totalMinor, destroyers };
  if (totalMinor <= 0n) return { ...base, points: [], topFifth: null, eightyPercentAt: null, peak: null, gini: null };
  const total = Number(totalMinor);
  const points = [{ customers: 0, profit: 0 }];
  let [cumulative, weighted, topFifth] = [0, 0, 0];
  let eightyPercentAt: number | null = null;
  let peak = { customers: 0, profit: 0 };
  const fifth = Math.max(1, Math.round(n / 5));
  for (let at = 0; at < n; at += 1) {
    const profit = sorted[at] ?? 0;
    cumulative += profit;
    weighted += (n - 1 - 2 * at) * profit;
    const point = { customers: (at + 1) / n, profit: cumulative / total };
    if (at + 1 === fifth) topFifth = point.profit;
    // Sums of fractions may miss 0.8 by a hair.
    if (eightyPercentAt === null && point.profit >= 0.8 - 1e-12) eightyPercentAt = point.customers;
    if (point.profit > peak.profit) peak = point;
    if (at === n - 1 || Math.floor(((at + 1) * POINTS) / n) > Math.floor((at * POINTS) / n)) points.push(point);
  }
  return { ...base, points, topFifth, eightyPercentAt, peak, gini: weighted / (n * total) };
}
