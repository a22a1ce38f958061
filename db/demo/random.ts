/** A stream of pseudo-random numbers (sfc32). The same (seed, index, stream) gives the same numbers on every machine, so any customer can be made alone. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(seed: number, index: number, stream: number) {
    this.a = mix(seed ^ 0x9e3779b9);
    this.b = mix(this.a ^ index);
    this.c = mix(this.b ^ Math.floor(index / 0x1_0000_0000) ^ 0x243f6a88);
    this.d = mix(this.c ^ stream);
    for (let round = 0; round < 4; round += 1) {
      this.bits();
    }
  }

  /** 32 random bits as an unsigned integer. */
  bits(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + t) | 0;
    return t >>> 0;
  }

  /** Uniform in [0, 1). */
  unit(): number {
    return this.bits() / 0x1_0000_0000;
  }

  /** Whole number from low to high, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** Normal with mean 0 and deviation 1 (sum of four uniforms: bounded at 3.46, so that no figure ever runs away). */
  normal(): number {
    return (this.unit() + this.unit() + this.unit() + this.unit() - 2) * 1.7320508075688772;
  }

  /** A positive figure spread around a median; spread 0.5 puts two thirds between 0.6 and 1.6 times the median. */
  around(median: number, spread: number): number {
    return median * Math.exp(this.normal() * spread);
  }

  /** A count with the given mean (Poisson; above 30 by its normal approximation). */
  count(mean: number): number {
    if (mean > 30) {
      return Math.max(0, Math.round(mean + this.normal() * Math.sqrt(mean)));
    }
    const limit = Math.exp(-mean);
    let product = this.unit();
    let count = 0;
    while (product > limit) {
      count += 1;
      product *= this.unit();
    }
    return count;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.unit() * items.length)];
    if (item === undefined) {
      throw new RangeError("nothing to pick from");
    }
    return item;
  }

  /** A string of decimal digits, the first of which is not zero. */
  digits(length: number): string {
    let text = String(this.int(1, 9));
    while (text.length < length) {
      text += String(this.int(0, 9));
    }
    return text;
  }
}

function mix(value: number): number {
  let z = (value + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return z ^ (z >>> 16);
}

/** Items that come up in proportion to their weights. */
export class Weighted<Item> {
  private readonly items: readonly Item[];
  private readonly upTo: readonly number[];

  constructor(entries: readonly (readonly [item: Item, weight: number])[]) {
    let sum = 0;
    this.items = entries.map(([item]) => item);
    this.upTo = entries.map(([, weight]) => {
      sum += weight;
      return sum;
    });
  }

  pick(random: Random): Item {
    const target = random.unit() * (this.upTo.at(-1) ?? 0);
    let low = 0;
    let high = this.items.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.upTo[middle] ?? 0) > target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return this.items[low] as Item;
  }
}
