/** A payment with its score and truth, whose it is and on which day. */
export interface ScoredRow {
  readonly score: number;
  readonly isFraud: boolean;
  readonly account: string;
  readonly day: number;
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
