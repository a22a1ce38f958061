const HALF_LIFE = 30 * 86_400;
const EARLIER_MIN = 2;

/**
 * Mean and variance of the amounts of an account, each payment counting half as much every 30 days: in constant memory what "against the own history"
 * needs (West 1979, with decaying weights).
 */
export class OwnAmounts {
  private weight = 0;
  private mean = 0;
  private squares = 0;
  private count = 0;
  private last = Number.NEGATIVE_INFINITY;

  /** Average of the amounts before; NaN without any. */
  average(): number {
    return this.count === 0 ? Number.NaN : this.mean;
  }

  /** Standard deviations above the average; a spread of less than a tenth of the average counts as that. NaN before the third payment. */
  deviation(amount: number): number {
    if (this.count < EARLIER_MIN) return Number.NaN;
    const spread = Math.max(Math.sqrt(this.squares / this.weight), this.mean / 10, 1e-9);
    return (amount - this.mean) / spread;
  }

  note(time: number, amount: number): void {
    const kept = time > this.last && this.count > 0 ? 2 ** (-(time - this.last) / HALF_LIFE) : 1;
    this.last = Math.max(this.last, time);
    this.weight = this.weight * kept + 1;
    this.squares *= kept;
    const off = amount - this.mean;
    this.mean += off / this.weight;
    this.squares += off * (amount - this.mean);
    this.count += 1;
  }
}
