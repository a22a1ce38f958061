const DIGIT_BITS = 11;
const DIGITS = 3;
const BUCKETS = 1 << DIGIT_BITS;

/** Keys with the record each belongs to, ascending by key, then by place in the input: a radix sort in three passes. Both arrays are in shared memory. */
export interface SortedKeys {
  readonly keys: Uint32Array;
  readonly records: Uint32Array;
}

/** Sorts in place of its arguments, which may be overwritten. */
export function sortKeys(keys: Uint32Array, records: Uint32Array): SortedKeys {
  let [fromKeys, fromRecords] = [keys, records];
  let [toKeys, toRecords]: [Uint32Array, Uint32Array] = [sharedNumbers(keys.length), sharedNumbers(keys.length)];
  for (let digit = 0; digit < DIGITS; digit += 1) {
    const shift = digit * DIGIT_BITS;
    const next = new Uint32Array(BUCKETS);
    for (let at = 0; at < fromKeys.length; at += 1) {
      const bucket = ((fromKeys[at] as number) >>> shift) & (BUCKETS - 1);
      next[bucket] = (next[bucket] as number) + 1;
    }
    let sum = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      const count = next[bucket] as number;
      next[bucket] = sum;
      sum += count;
    }
    for (let at = 0; at < fromKeys.length; at += 1) {
      const key = fromKeys[at] as number;
      const bucket = (key >>> shift) & (BUCKETS - 1);
      const place = next[bucket] as number;
      next[bucket] = place + 1;
      toKeys[place] = key;
      toRecords[place] = fromRecords[at] as number;
    }
    [fromKeys, toKeys] = [toKeys, fromKeys];
    [fromRecords, toRecords] = [toRecords, fromRecords];
  }
  return { keys: fromKeys, records: fromRecords };
}

export function sharedNumbers(length: number): Uint32Array<SharedArrayBuffer> {
  return new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT));
}
