/** What a customer did, for scoring within the segment. */
export interface RfmFacts {
  readonly segment: string;
  /** Since the last transaction the customer began; null when there was none. */
  readonly recencyDays: number | null;
  /** Such transactions in 90 days. */
  readonly frequency: number;
  /** Margin, not turnover. */
  readonly marginMinor: number;
}

/** Each 1 (worst fifth of the segment) to 5. */
export interface RfmScore {
  readonly recency: number;
  readonly frequency: number;
  readonly margin: number;
}

/**
 * Quintiles within each segment, in the order given. Equal values get equal scores: 1 + ⌊5 · share of the segment that is worse⌋. Who never did anything
 * has a recency of 1.
 */
export function rfmScores(customers: readonly RfmFacts[]): RfmScore[] {
  const bySegment = Map.groupBy(customers.keys(), (at) => customers[at]?.segment ?? "");
  const scores = customers.map((): { -readonly [K in keyof RfmScore]: number } => ({ recency: 1, frequency: 1, margin: 1 }));
  for (const members of bySegment.values()) {
    const rank = (key: keyof RfmScore, value: (facts: RfmFacts) => number) => {
      const values = members.map((at) => {
        const facts = customers[at];
        return facts === undefined ? 0 : value(facts);
      });
      const fifths = quintiles(values);
      for (const [place, at] of members.entries()) {
        const score = scores[at];
        if (score !== undefined) score[key] = fifths[place] ?? 1;
      }
    };
    rank("recency", ({ recencyDays }) => (recencyDays === null ? Number.NEGATIVE_INFINITY : -recencyDays));
    rank("frequency", ({ frequency }) => frequency);
    rank("margin", ({ marginMinor }) => marginMinor);
  }
  return scores;
}

/** The fifth of each value, 1 to 5, by how many values are smaller. */
export function quintiles(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  return values.map((value) => 1 + Math.min(4, Math.floor((5 * countBelow(sorted, value)) / values.length)));
}

function countBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
