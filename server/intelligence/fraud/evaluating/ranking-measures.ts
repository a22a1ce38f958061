/** Rows with their score and truth, and for cards whose they are and on which day. */
export interface ScoredRow {
  readonly score: number;
  readonly isFraud: boolean;
  readonly account: string;
  readonly day: number;
}

/** Area under the curve of true against false alarms: the chance that a fraud scores above a genuine one, ties counting half. NaN with one class only. */
export function areaUnderCurve(rows: readonly ScoredRow[]): number {
  const sorted = rows.toSorted((a, b) => a.score - b.score);
  let [positives, rankSum] = [0, 0];
  for (let from = 0; from < sorted.length; ) {
    const to = endOfTie(sorted, from);
    let tied = 0;
    for (let at = from; at < to; at += 1) if (sorted[at]?.isFraud === true) tied += 1;
    positives += tied;
    rankSum += (tied * (from + to + 1)) / 2;
    from = to;
  }
  const negatives = sorted.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Average precision: Σ (R_n − R_n−1) P_n over falling scores, rows of one score taken together. NaN without a fraud. */
export function averagePrecision(rows: readonly ScoredRow[]): number {
  const sorted = rows.toSorted((a, b) => b.score - a.score);
  const positives = sorted.filter(({ isFraud }) => isFraud).length;
  let [found, sum] = [0, 0];
  for (let from = 0; from < sorted.length; ) {
    const to = endOfTie(sorted, from);
    let tied = 0;
    for (let at = from; at < to; at += 1) if (sorted[at]?.isFraud === true) tied += 1;
    found += tied;
    sum += (tied / positives) * (found / to);
    from = to;
  }
  return positives === 0 ? Number.NaN : sum;
}

function endOfTie(sorted: readonly ScoredRow[], from: number): number {
  const score = sorted[from]?.score;
  let to = from + 1;
  while (sorted[to] !== undefined && sorted[to]?.score === score) to += 1;
  return to;
}

/**
 * Of the `cards` accounts with the highest score of each day, the share that had a fraud that day; an account caught is not looked at on later days. Mean
 * over the days. Source: Le Borgne et al. (2022), chapter 4, card_precision_top_k.
 */
export function cardPrecision(rows: readonly ScoredRow[], cards: number): number {
  const days = Map.groupBy(rows, ({ day }) => day);
  const caught = new Set<string>();
  let sum = 0;
  for (const day of [...days.keys()].sort((a, b) => a - b)) {
    const accounts = new Map<string, { score: number; hasFraud: boolean }>();
    for (const { account, score, isFraud } of days.get(day) ?? []) {
      if (caught.has(account)) continue;
      const known = accounts.get(account);
      accounts.set(account, { score: Math.max(score, known?.score ?? score), hasFraud: isFraud || known?.hasFraud === true });
    }
    const top = [...accounts].sort(([, a], [, b]) => b.score - a.score).slice(0, cards);
    const right = top.filter(([, { hasFraud }]) => hasFraud);
    for (const [account] of right) caught.add(account);
    sum += right.length / cards;
  }
  return sum / days.size;
}
