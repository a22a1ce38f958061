/** How bad a share of failing records is. The figure itself always stands beside the colour. */
export type Heat = "none" | "good" | "fair" | "warn" | "bad";

export function heatOf(failing: number, records: number): Heat {
  if (records === 0) return "none";
  const share = failing / records;
  if (share < 0.01) return "good";
  if (share < 0.05) return "fair";
  return share < 0.2 ? "warn" : "bad";
}

export interface Count {
  readonly records: number;
  readonly failing: number;
}

export function addUp(counts: readonly Count[]): Count {
  return counts.reduce((sum, { records, failing }) => ({ records: sum.records + records, failing: sum.failing + failing }), {
    records: 0,
    failing: 0,
  });
}

/** Heat of a score of 0 to 100. */
export function heatOfScore(score: number | null): Heat {
  return score === null ? "none" : heatOf(100 - score, 100);
}
