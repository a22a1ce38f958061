import type { FactKind } from "../facts/contract.ts";

/** What a segment is described by against all: bands of these facts, by lower bounds. Money in minor units, ages in years. */
export interface Measure {
  readonly key: string;
  readonly kind: FactKind;
  readonly bounds: readonly number[];
}

export const measures: readonly Measure[] = [
  { key: "born_on", kind: "years", bounds: [0, 25, 35, 45, 55, 65, 75] },
  { key: "customer_since", kind: "years", bounds: [0, 1, 3, 5, 10, 20] },
  { key: "assets_minor", kind: "money", bounds: [0, 1, 100_000, 500_000, 2_000_000, 10_000_000, 50_000_000] },
  { key: "in_12m_minor", kind: "money", bounds: [0, 1, 500_000, 2_000_000, 5_000_000, 20_000_000] },
  { key: "holding_count", kind: "count", bounds: [0, 1, 2, 3, 5, 8] },
  { key: "out_count_3m", kind: "count", bounds: [0, 1, 10, 30, 60, 120] },
];
