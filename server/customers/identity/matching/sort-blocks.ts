import { classOf, keyClasses } from "./blocking-keys.ts";
import type { KeyLists } from "./list-keys.ts";
import { type SortedKeys, sharedNumbers, sortKeys } from "./sorted-keys.ts";

/** Part of the work on all keys: those from `least` on and below `end`. */
export interface KeyRange {
  readonly lists: KeyLists;
  readonly least: number;
  readonly end: number;
  /** Records at most under one key. */
  readonly bound: number;
}

export interface BlockSize {
  readonly key: number;
  readonly records: number;
}

/** Keys of a range that more records have than a block may hold, ascending. */
export function findTooLarge(range: KeyRange): BlockSize[] {
  const large: BlockSize[] = [];
  eachKey(sortRange(range).keys, (key, from, to) => {
    if (to - from > range.bound) large.push({ key, records: to - from });
  });
  return large;
}

export interface SortedBlocks {
  readonly kept: SortedKeys;
  /** Blocks that stayed too large and bring nobody together. */
  readonly dropped: readonly BlockSize[];
  /** How many keys each class has, with those of dropped blocks. */
  readonly keyCounts: readonly number[];
}

/** The records of a range by key. Keys of one record stay: whoever comes later is to find it. */
export function sortBlocks(range: KeyRange): SortedBlocks {
  const { keys, records } = sortRange(range);
  const dropped: BlockSize[] = [];
  const keyCounts = keyClasses.map(() => 0);
  let length = 0;
  eachKey(keys, (key, from, to) => {
    keyCounts[classOf(key)] = (keyCounts[classOf(key)] ?? 0) + 1;
    if (to - from > range.bound) {
      dropped.push({ key, records: to - from });
      return;
    }
    // In place: what is kept never moves past what is still to be read.
    for (let at = from; at < to; at += 1, length += 1) {
      keys[length] = key;
      records[length] = records[at] as number;
    }
  });
  return { kept: { keys: keys.subarray(0, length), records: records.subarray(0, length) }, dropped, keyCounts };
}

function sortRange({ lists, least, end }: KeyRange): SortedKeys {
  let length = 0;
  for (const key of lists.keys) if (key >= least && key < end) length += 1;
  const [keys, records] = [sharedNumbers(length), sharedNumbers(length)];
  let place = 0;
  for (let record = 0; record < lists.from.length - 1; record += 1) {
    for (let at = lists.from[record] as number; at < (lists.from[record + 1] as number); at += 1) {
      const key = lists.keys[at] as number;
      if (key < least || key >= end) continue;
      keys[place] = key;
      records[place] = record;
      place += 1;
    }
  }
  return sortKeys(keys, records);
}

/** Calls with each key and where it stands among keys in order. */
function eachKey(keys: Uint32Array, use: (key: number, from: number, to: number) => void): void {
  for (let from = 0; from < keys.length; ) {
    const key = keys[from] as number;
    let to = from + 1;
    while (to < keys.length && keys[to] === key) to += 1;
    use(key, from, to);
    from = to;
  }
}
