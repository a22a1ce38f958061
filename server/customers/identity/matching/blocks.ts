import { blockingKeys, classOf, isCoarse, keyClasses, refinedKey, refinements } from "./blocking-keys.ts";
import type { TableArrays } from "./record-table.ts";
import { type SortedKeys, sharedNumbers, sortKeys } from "./sorted-keys.ts";
import { Vector } from "./vector.ts";

/** More records than this under one key say little about each other: the block is parted by a second key, and dropped if that does not help. */
const BLOCK_RECORDS = { least: 24, most: 80, share: 1_600_000 } as const;

/** The bound on a block: 80 in a small table, where every pair can be afforded, down to 24 from some 67,000 records on. */
export function blockBound(records: number): number {
  return Math.round(Math.max(BLOCK_RECORDS.least, Math.min(BLOCK_RECORDS.most, BLOCK_RECORDS.share / Math.max(1, records))));
}

/** Which records are compared. The keys of record r stand ascending from keysFrom[r] to keysFrom[r + 1]. */
export interface Blocks {
  readonly keysFrom: Uint32Array;
  readonly keys: Uint32Array;
  readonly sorted: SortedKeys;
  /** Records at most under one key. */
  readonly bound: number;
  /** Keys that are refined, ascending: a record that comes later refines them too. */
  readonly refined: Uint32Array;
  /** Keys of blocks that stayed too large and bring nobody together. */
  readonly dropped: ReadonlySet<number>;
  readonly report: readonly BlockReport[];
}

/** What the bound did to one class of keys. Pairs may still be found under another key. */
export interface BlockReport {
  readonly keyClass: string;
  readonly keys: number;
  readonly refinedBlocks: number;
  readonly droppedBlocks: number;
  readonly droppedRecords: number;
  readonly droppedPairs: number;
}

/** Builds all blocks of a table; `refinedBefore` are keys refined in an earlier run that stay so. */
export function buildBlocks(table: TableArrays, refinedBefore: Iterable<number> = []): Blocks {
  const bound = blockBound(table.count);
  const plain = listKeys(table.count, (record) => blockingKeys(table, record));
  const sortedPlain = sortKeys(plain.keys.slice(), recordsOf(plain, table.count));
  const tooLarge = new Set(refinedBefore);
  const coarse: Dropped[] = [];
  eachBlock(sortedPlain, (key, from, to) => {
    if (to - from <= bound) return;
    tooLarge.add(key);
    if (isCoarse(key)) coarse.push({ key, records: to - from });
  });
  const refined = listKeys(table.count, (record) => {
    const own = plain.keys.subarray(plain.from[record] as number, plain.from[record + 1] as number);
    return refineKeys(table, record, own, (key) => tooLarge.has(key));
  });
  const sorted = sortKeys(refined.keys.slice(), recordsOf(refined, table.count));
  const keyCounts = countKeys(sorted.keys);
  const { kept, dropped } = dropTooLarge(sorted, bound);
  return {
    keysFrom: refined.from,
    keys: refined.keys,
    sorted: kept,
    bound,
    refined: Uint32Array.from(tooLarge).sort(),
    dropped: new Set(dropped.map(({ key }) => key)),
    report: reportOf(keyCounts, tooLarge, [...coarse, ...dropped]),
  };
}

/** The keys of one record with those of too large blocks replaced by refined ones, ascending without repeats. */
export function refineKeys(table: TableArrays, record: number, keys: Iterable<number>, isTooLarge: (key: number) => boolean): number[] {
  const answer = new Set<number>();
  let parts: number[] | undefined;
  for (const key of keys) {
    if (!isTooLarge(key)) {
      answer.add(key);
      continue;
    }
    parts ??= refinements(table, record);
    if (isCoarse(key)) continue;
    for (const part of parts) answer.add(refinedKey(key, part));
  }
  return parts === undefined ? [...answer] : [...answer].sort((a, b) => a - b);
}

/** Calls with each key and where its records stand in `sorted.records`; blocks of one record are passed over. */
export function eachBlock({ keys }: SortedKeys, use: (key: number, from: number, to: number) => void): void {
  for (let from = 0; from < keys.length; ) {
    const key = keys[from] as number;
    let to = from + 1;
    while (to < keys.length && keys[to] === key) to += 1;
    if (to - from > 1) use(key, from, to);
    from = to;
  }
}

interface KeyLists {
  readonly from: Uint32Array;
  readonly keys: Uint32Array;
}

function listKeys(count: number, keysOf: (record: number) => Iterable<number>): KeyLists {
  const from = sharedNumbers(count + 1);
  const keys = new Vector(Uint32Array);
  for (let record = 0; record < count; record += 1) {
    for (const key of keysOf(record)) keys.push(key);
    from[record + 1] = keys.length;
  }
  return { from, keys: keys.values.subarray(0, keys.length) };
}

function recordsOf({ from, keys }: KeyLists, count: number): Uint32Array {
  const records = sharedNumbers(keys.length);
  for (let record = 0; record < count; record += 1) records.fill(record, from[record], from[record + 1]);
  return records;
}

interface Dropped {
  readonly key: number;
  readonly records: number;
}

/** Keys of one record stay: whoever comes later is to find it. */
function dropTooLarge(sorted: SortedKeys, bound: number): { kept: SortedKeys; dropped: Dropped[] } {
  const dropped: Dropped[] = [];
  const { keys, records } = sorted;
  let length = 0;
  for (let from = 0; from < keys.length; ) {
    const key = keys[from] as number;
    let to = from + 1;
    while (to < keys.length && keys[to] === key) to += 1;
    if (to - from > bound) {
      dropped.push({ key, records: to - from });
    } else {
      // In place: what is kept never moves past what is still to be read.
      for (let at = from; at < to; at += 1, length += 1) {
        keys[length] = key;
        records[length] = records[at] as number;
      }
    }
    from = to;
  }
  return { kept: { keys: keys.subarray(0, length), records: records.subarray(0, length) }, dropped };
}

function reportOf(keyCounts: readonly number[], tooLarge: ReadonlySet<number>, dropped: readonly Dropped[]): BlockReport[] {
  const report = keyClasses.map(({ name }, place) => ({
    keyClass: name,
    keys: keyCounts[place] ?? 0,
    refinedBlocks: 0,
    droppedBlocks: 0,
    droppedRecords: 0,
    droppedPairs: 0,
  }));
  for (const key of tooLarge) {
    const line = report[classOf(key)];
    if (line !== undefined && !isCoarse(key)) line.refinedBlocks += 1;
  }
  for (const { key, records } of dropped) {
    const line = report[classOf(key)];
    if (line === undefined) continue;
    line.droppedBlocks += 1;
    line.droppedRecords += records;
    line.droppedPairs += (records * (records - 1)) / 2;
  }
  return report;
}

/** How many keys each class has. */
function countKeys(sorted: Uint32Array): number[] {
  const counts = keyClasses.map(() => 0);
  let before = 0;
  for (const key of sorted) {
    if (key !== before) counts[classOf(key)] = (counts[classOf(key)] ?? 0) + 1;
    before = key;
  }
  return counts;
}
