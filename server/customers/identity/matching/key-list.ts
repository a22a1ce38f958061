const KEYS_ROOM = 1 << 9;

/** Keys of one record while they are gathered, in the same memory for one record after the other. */
export class KeyList {
  values = new Uint32Array(KEYS_ROOM);
  length = 0;

  add(key: number): void {
    if (this.length === this.values.length) {
      const values = new Uint32Array(this.length * 2);
      values.set(this.values);
      this.values = values;
    }
    this.values[this.length] = key;
    this.length += 1;
  }

  /** Makes them ascending and without repeats: by insertion, for they are few and stand nearly in order. */
  settle(): void {
    const { values } = this;
    let kept = 0;
    for (let at = 0; at < this.length; at += 1) {
      const key = values[at] as number;
      let place = kept;
      while (place > 0 && (values[place - 1] as number) > key) place -= 1;
      if (place > 0 && values[place - 1] === key) continue;
      for (let behind = kept; behind > place; behind -= 1) values[behind] = values[behind - 1] as number;
      values[place] = key;
      kept += 1;
    }
    this.length = kept;
  }
}
