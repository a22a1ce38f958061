// An entry: when, how many payments, their sum, the largest, how many frauds, at night, on a week-end, unusually large ones.
// Eight numbers are one line of a processor's cache.
export const STRIDE = 8;
export const TIME = 0;
export const COUNT = 1;
export const SUM = 2;
export const MAX = 3;
export const FRAUDS = 4;
export const NIGHT = 5;
export const WEEKEND = 6;
export const LARGE = 7;

const ENTRIES_FIRST = 4;

export interface LogEntry {
  readonly time: number;
  readonly amount: number;
  readonly isNight: boolean;
  readonly isWeekend: boolean;
  readonly isLarge: boolean;
}

/**
 * The payments of one account or payee within a horizon, oldest first. At most `entriesMax` entries: where there would be more, the older half is put
 * together in pairs, each under the later time. So a very busy key loses sharpness in its long windows (they end up to a pair too late), never payments,
 * and memory has a bound.
 */
export class WindowLog {
  size = 0;
  data = new Float64Array(ENTRIES_FIRST * STRIDE);

  /** The value of a field of the entry at a place, 0 the oldest. */
  at(place: number, field: number): number {
    return this.data[place * STRIDE + field] as number;
  }

  /** Puts a payment where its time belongs; late ones may come. Entries older than `horizon` seconds before the newest are let go when room is needed. */
  add({ time, amount, isNight, isWeekend, isLarge }: LogEntry, horizon: number, entriesMax: number): void {
    if (this.size * STRIDE === this.data.length) this.makeRoom(horizon, entriesMax);
    const place = this.placeAfter(time);
    const from = place * STRIDE;
    if (place < this.size) this.data.copyWithin(from + STRIDE, from, this.size * STRIDE);
    this.data[from + TIME] = time;
    this.data[from + COUNT] = 1;
    this.data[from + SUM] = amount;
    this.data[from + MAX] = amount;
    this.data[from + FRAUDS] = 0;
    this.data[from + NIGHT] = isNight ? 1 : 0;
    this.data[from + WEEKEND] = isWeekend ? 1 : 0;
    this.data[from + LARGE] = isLarge ? 1 : 0;
    this.size += 1;
  }

  /** Entries up to a time, itself included. */
  placeAfter(time: number): number {
    let place = this.size;
    while (place > 0 && this.at(place - 1, TIME) > time) place -= 1;
    return place;
  }

  /** Counts a fraud in the entry that holds the payment of this time. What is gone is gone. */
  addFraud(time: number): void {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.at(middle, TIME) < time) low = middle + 1;
      else high = middle;
    }
    if (low === this.size) return;
    // Payments of one second may lie side by side: the first with room takes it.
    while (low + 1 < this.size && this.at(low, FRAUDS) >= this.at(low, COUNT) && this.at(low + 1, TIME) === time) low += 1;
    this.data[low * STRIDE + FRAUDS] = Math.min(this.at(low, COUNT), this.at(low, FRAUDS) + 1);
  }

  private makeRoom(horizon: number, entriesMax: number): void {
    const oldest = this.at(this.size - 1, TIME) - horizon;
    let gone = 0;
    while (gone < this.size && this.at(gone, TIME) < oldest) gone += 1;
    if (gone > 0) {
      this.data.copyWithin(0, gone * STRIDE, this.size * STRIDE);
      this.size -= gone;
    }
    if (this.size <= (this.data.length / STRIDE) * 0.75) return;
    if (this.size < entriesMax) {
      const grown = new Float64Array(Math.min(entriesMax * STRIDE, this.data.length * 2));
      grown.set(this.data);
      this.data = grown;
    } else this.pairUpOlderHalf();
  }

  private pairUpOlderHalf(): void {
    const pairs = this.size >> 2;
    for (let pair = 0; pair < pairs; pair += 1) {
      const [to, first, second] = [pair * STRIDE, 2 * pair * STRIDE, (2 * pair + 1) * STRIDE];
      for (let field = 0; field < STRIDE; field += 1) {
        const [a, b] = [this.data[first + field] as number, this.data[second + field] as number];
        this.data[to + field] = field === TIME || field === MAX ? Math.max(a, b) : a + b;
      }
    }
    this.data.copyWithin(pairs * STRIDE, 2 * pairs * STRIDE, this.size * STRIDE);
    this.size -= pairs;
  }
}
