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

/** The first place of a key or of one above it among ascending ones. */
export function lowerBound(sorted: Uint32Array, key: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a key is one of so many: as a set would say, without a box for every number above 2^30. Keys are hashes, never 0. */
export function finderOf(keys: Uint32Array): (key: number) => boolean {
  const mask = 2 ** Math.ceil(Math.log2(keys.length * 2 + 2)) - 1;
  const places = new Uint32Array(mask + 1);
  for (const key of keys) {
    let place = key & mask;
    while (places[place] !== 0) place = (place + 1) & mask;
    places[place] = key;
  }
  return (key) => {
    let place = key & mask;
    while (places[place] !== 0 && places[place] !== key) place = (place + 1) & mask;
    return places[place] !== 0;
  };
}

export function sharedNumbers(length: number): Uint32Array<SharedArrayBuffer> {
  return new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT));
}
