/**
 * How often a product was newly bought in a segment: the baseline a model must beat, and one of its columns. Only days whose outcome was known on the day
 * it is asked for count, drawn towards the bank's own rate by twenty purchases' worth of customers, so that rare segments do not shout.
 */
export class Popularity {
  private readonly days: { readonly known: number; readonly seen: Map<string, number>; readonly bought: Map<string, number> }[] = [];

  /** `known`: the number of the month in which the outcome is known. */
  add(known: number, rows: readonly { readonly segment: string; readonly item: string; readonly bought: boolean }[]): void {
    const seen = new Map<string, number>();
    const bought = new Map<string, number>();
    for (const row of rows) {
      for (const key of [row.item, `${row.segment} ${row.item}`]) {
        seen.set(key, (seen.get(key) ?? 0) + 1);
        if (row.bought) bought.set(key, (bought.get(key) ?? 0) + 1);
      }
    }
    this.days.push({ known, seen, bought });
  }

  /** The rate of purchases of the item in the segment, of days known by the month; 0 before anything is known. */
  rateOf(month: number, segment: string, item: string): number {
    const own = this.countsOf(month, `${segment} ${item}`);
    const all = this.countsOf(month, item);
    const prior = all.seen === 0 ? 0 : all.bought / all.seen;
    return (own.bought + PRIOR_ROWS * prior) / (own.seen + PRIOR_ROWS);
  }

  private countsOf(month: number, key: string): { seen: number; bought: number } {
    let [seen, bought] = [0, 0];
    for (const day of this.days) {
      if (day.known > month) continue;
      seen += day.seen.get(key) ?? 0;
      bought += day.bought.get(key) ?? 0;
    }
    return { seen, bought };
  }
}

const PRIOR_ROWS = 200;
