import type { Histogram, Table } from "../../learning/index.ts";
import { REASONS_MAX, type ScoreReason } from "../contract.ts";
import type { ReadyModel } from "../fitting/ready-model.ts";

/** What a product is called is no reason for it. */
const NO_REASON: ReadonlySet<string> = new Set(["item"]);

/** What speaks most for the event in one row, strongest first; nothing of what speaks against it. */
export function reasonsOf(ready: ReadyModel, table: Table, row: number, histograms: readonly Histogram[]): ScoreReason[] {
  return ready
    .pushesOf(table, row, table.columns.length)
    .filter(({ push, fact }) => push > 0 && !NO_REASON.has(fact))
    .slice(0, REASONS_MAX)
    .map(({ fact, push, value }) => ({
      ...{ fact, push: Math.round(push * 1000) / 1000, value },
      side: sideOf(
        value,
        histograms.find(({ name }) => name === fact),
      ),
    }));
}

/** Less or more than the middle of those the model was trained on; in the middle's own bin what that bin mostly is. */
export function sideOf(value: number | string | null, histogram: Histogram | undefined): ScoreReason["side"] {
  if (value === null) return "missing";
  if (typeof value === "string" || histogram?.kind !== "number") return "is";
  const { cuts, counts } = histogram;
  const bin = cuts.filter((cut) => value > cut).length;
  const half = counts.reduce((a, b) => a + b, 0) / 2;
  let middle = 0;
  for (let sum = counts[0] ?? 0; sum < half && middle < cuts.length; sum += counts[middle] ?? 0) middle += 1;
  if (bin === middle) return middle === cuts.length && cuts.length > 0 ? "high" : "low";
  return bin < middle ? "low" : "high";
}
