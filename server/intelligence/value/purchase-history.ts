/** What is known of a customer's purchases at the end of a time of observation; times in one unit, whichever it is, from the first purchase on. */
export interface PurchaseHistory {
  /** Purchases after the first one; several on one day are one. */
  readonly repeats: number;
  /** From the first purchase to the last; 0 when there was only one. */
  readonly lastAt: number;
  /** From the first purchase to the end of the observation. */
  readonly observed: number;
  /** Average value of the repeat purchases, first one left out; 0 when there were none. */
  readonly meanValue: number;
}

/** A history that so many customers have in common. Models need not look at each of them. */
export interface CountedHistory {
  readonly history: PurchaseHistory;
  readonly customers: number;
}

/** Customers with the same times counted together; average values are not looked at. */
export function countSame(histories: readonly PurchaseHistory[]): CountedHistory[] {
  const counted = new Map<string, { history: PurchaseHistory; customers: number }>();
  for (const history of histories) {
    const key = `${history.repeats} ${history.lastAt} ${history.observed}`;
    const known = counted.get(key);
    if (known === undefined) counted.set(key, { history, customers: 1 });
    else known.customers += 1;
  }
  return [...counted.values()];
}

/** What no history can be; null when it can. */
export function historyFault({ repeats, lastAt, observed, meanValue }: PurchaseHistory): string | null {
  if (![repeats, lastAt, observed, meanValue].every(Number.isFinite)) return "a figure is missing or not a number";
  if (!Number.isInteger(repeats) || repeats < 0) return `${repeats} is no count of purchases`;
  if (lastAt < 0 || observed < lastAt) return `the last purchase (${lastAt}) lies outside the time observed (${observed})`;
  if ((repeats === 0) !== (lastAt === 0)) return `${repeats} repeat purchases do not fit a last one at ${lastAt}`;
  return null;
}

/** Why an activity model cannot be fitted to these customers; null when it can. */
export function fittingFault(histories: readonly PurchaseHistory[]): string | null {
  if (histories.length === 0) return "There is no customer to learn from.";
  if (histories.every(({ observed }) => observed === 0)) return "Nobody was observed for any time after the first purchase.";
  if (histories.every(({ repeats }) => repeats === 0))
    return "No customer bought twice: there is nothing to learn how often they come back from.";
  return null;
}
