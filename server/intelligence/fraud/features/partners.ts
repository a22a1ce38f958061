const PARTNERS_MAX = 32;
const STRIDE = 3; // hash, first seen, last seen
const DAY = 86_400;

/** With whom an account or payee dealt: the last 32, the one unseen longest gives way. Names are kept as 32-bit hashes. */
export class Partners {
  private size = 0;
  private data = new Float64Array(4 * STRIDE);

  /** Notes a partner; answers when it was first seen, or undefined when it is not remembered. */
  meet(hash: number, time: number): number | undefined {
    const { data, size } = this;
    for (let from = 0; from < size * STRIDE; from += STRIDE) {
      if (data[from] !== hash) continue;
      if (time > (data[from + 2] as number)) data[from + 2] = time;
      return data[from + 1];
    }
    const place = size < PARTNERS_MAX ? this.addPlace() : this.longestUnseen();
    this.data.set([hash, time, time], place * STRIDE);
    return undefined;
  }

  private addPlace(): number {
    this.size += 1;
    if (this.size * STRIDE > this.data.length) {
      const grown = new Float64Array(Math.min(PARTNERS_MAX * STRIDE, this.data.length * 2));
      grown.set(this.data);
      this.data = grown;
    }
    return this.size - 1;
  }

  /** Different partners in the day up to a time. */
  within24h(time: number): number {
    let count = 0;
    const { data, size } = this;
    for (let from = 2; from < size * STRIDE; from += STRIDE) {
      const age = time - (data[from] as number);
      if (age < DAY && age >= 0) count += 1;
    }
    return count;
  }

  private longestUnseen(): number {
    let longest = 0;
    for (let place = 1; place < this.size; place += 1) {
      if ((this.data[place * STRIDE + 2] as number) < (this.data[longest * STRIDE + 2] as number)) longest = place;
    }
    return longest;
  }
}

/** FNV-1a over UTF-16 code units, 32 bits. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
