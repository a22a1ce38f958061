import type { readBalanceSeries } from "../../../server/customers/holdings/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import type { ChartPoint } from "../../ui/area-chart-props.ts";
import { addDays, daysBetween } from "../days.ts";
import type { Holding } from "./customer.ts";

export type Series = AnswerOf<typeof readBalanceSeries>["series"][number];

/**
 * The sum of several balances at the end of every day from `from` to `to` (`YYYY-MM-DD`, both included).
 * A balance holds until its next point. Before its first one it is taken to have been the same, unless the holding was opened later.
 */
export function sumCurve(series: readonly Series[], holdings: readonly Holding[], from: string, to: string): ChartPoint[] {
  const openedOn = new Map(holdings.map((holding) => [holding.holdingId, holding.openedOn]));
  // Every day, also those without a change: so that equal times stand equally far apart.
  const sorted = Array.from({ length: Math.max(0, daysBetween(from, to)) + 1 }, (_, index) => addDays(from, index));
  const sums = new Array<bigint>(sorted.length).fill(0n);
  for (const one of series) {
    const start = openedOn.get(one.holdingId) ?? null;
    let at = 0;
    let balance: bigint | null = null;
    for (const [index, day] of sorted.entries()) {
      for (let point = one.points[at]; point !== undefined && point.on <= day; point = one.points[at]) {
        balance = BigInt(point.amountMinor);
        at += 1;
      }
      const before = start !== null && start > day ? 0n : BigInt(one.points[0]?.amountMinor ?? 0);
      sums[index] = (sums[index] ?? 0n) + (balance ?? before);
    }
  }
  return sorted.map((date, index) => ({ date, minor: String(sums[index] ?? 0n) }));
}

const sparkPointsMax = 40;

/** A curve thinned to what a sparkline can show; the last point stays. Only for drawing. */
export function sparkValues(points: readonly { readonly amountMinor: string }[]): number[] {
  const step = Math.max(1, Math.ceil(points.length / sparkPointsMax));
  return points.filter((_, index) => (points.length - 1 - index) % step === 0).map((point) => Number(point.amountMinor));
}

export type Trend = "rising" | "falling" | "level";

/** Less than a fiftieth up or down is level. */
export function trendOf(values: readonly number[]): Trend {
  const [first, last] = [values[0] ?? 0, values.at(-1) ?? 0];
  const change = last - first;
  const size = Math.max(Math.abs(first), Math.abs(last), 1);
  if (Math.abs(change) / size < 0.02) return "level";
  return change > 0 ? "rising" : "falling";
}
