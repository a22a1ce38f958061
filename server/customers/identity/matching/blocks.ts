import { blockingKeys, classOf, inOrder, isCoarse, keyClasses, refinedKey, refinements } from "./blocking-keys.ts";
import type { TableArrays } from "./record-table.ts";
import { runThread } from "./run-thread.ts";
import { finderOf, type SortedKeys, sharedNumbers, sortKeys } from "./sorted-keys.ts";
import { Vector } from "./vector.ts";

// Below so many records a thread costs more than it saves.
const RECORDS_PER_THREAD_MIN = 20_000;

/** More records than this under one key say little about each other: the block is parted by a second key, and dropped if that does not help. */
const BLOCK_RECORDS = { least: 12, most: 80, share: 1_600_000 } as const;

/** The bound on a block: 80 in a small table, where every pair can be afforded, down to 12 from some 133,000 records on. */
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

/** Builds all blocks of a table. */
export function buildBlocks(table: TableArrays): Blocks {
  const plain = listPlainKeys(table, 0, table.count);
  const large = findTooLarge(plain, table.count);
  return blocksOf(listRefinedKeys({ table, plain, tooLarge: large.keys }, 0, table.count), table.count, large);
}

/** The same on so many threads, each with a share of the records. */
export async function buildBlocksInParallel(table: TableArrays, threads: number): Promise<Blocks> {
  if (threads < 2 || table.count < RECORDS_PER_THREAD_MIN * 2) return buildBlocks(table);
  const shares = Array.from({ length: threads }, (_, share) => ({
    from: Math.floor((table.count * share) / threads),
    to: Math.floor((table.count * (share + 1)) / threads),
  }));
  const run = (task: Omit<KeysTask, "from" | "to">) =>
    Promise.all(shares.map((share) => runThread<KeyLists>(new URL("./keys-worker.ts", import.meta.url), { ...task, ...share })));
  const plain = joinLists(await run({ table }));
  const large = findTooLarge(plain, table.count);
  return blocksOf(joinLists(await run({ table, refine: { plain, tooLarge: large.keys } })), table.count, large);
}

interface TooLarge {
  readonly keys: Uint32Array;
  readonly coarse: readonly Dropped[];
}

/** Keys that more records have than a block may hold; they are refined. */
function findTooLarge(plain: KeyLists, count: number): TooLarge {
  const bound = blockBound(count);
  const keys: number[] = [];
  const coarse: Dropped[] = [];
  eachBlock(sortKeys(plain.keys.slice(), recordsOf(plain, count)), (key, from, to) => {
    if (to - from <= bound) return;
    keys.push(key);
    if (isCoarse(key)) coarse.push({ key, records: to - from });
  });
  return { keys: Uint32Array.from(keys), coarse };
}

function blocksOf(refined: KeyLists, count: number, { keys: tooLarge, coarse }: TooLarge): Blocks {
  const bound = blockBound(count);
  const sorted = sortKeys(refined.keys.slice(), recordsOf(refined, count));
  const keyCounts = countKeys(sorted.keys);
  const { kept, dropped } = dropTooLarge(sorted, bound);
  return {
    keysFrom: refined.from,
    keys: refined.keys,
    sorted: kept,
    bound,
    refined: tooLarge,
    dropped: new Set(dropped.map(({ key }) => key)),
    report: reportOf(keyCounts, tooLarge, [...coarse, ...dropped]),
  };
}

export interface KeysTask {
  readonly table: TableArrays;
  /** The share of the records, `to` not included. */
  readonly from: number;
  readonly to: number;
  /** With it the refined keys of the share are listed, else the plain ones. */
  readonly refine?: { readonly plain: KeyLists; readonly tooLarge: Uint32Array };
}

export function listKeysOfShare({ table, from, to, refine }: KeysTask): KeyLists {
  return refine === undefined ? listPlainKeys(table, from, to) : listRefinedKeys({ table, ...refine }, from, to);
}

function listPlainKeys(table: TableArrays, from: number, to: number): KeyLists {
  return listKeys(from, to, (record) => blockingKeys(table, record));
}

interface Refining {
  readonly table: TableArrays;
  readonly plain: KeyLists;
  readonly tooLarge: Uint32Array;
}

function listRefinedKeys({ table, plain, tooLarge }: Refining, from: number, to: number): KeyLists {
  const isTooLarge = finderOf(tooLarge);
  return listKeys(from, to, (record) => {
    const own = plain.keys.subarray(plain.from[record] as number, plain.from[record + 1] as number);
    return refineKeys(table, record, own, isTooLarge);
  });
}

/** The keys of one record with those of too large blocks replaced by refined ones, ascending without repeats. */
export function refineKeys(table: TableArrays, record: number, keys: Iterable<number>, isTooLarge: (key: number) => boolean): number[] {
  const answer: number[] = [];
  let parts: number[] | undefined;
  for (const key of keys) {
    if (!isTooLarge(key)) {
      answer.push(key);
      continue;
    }
    parts ??= refinements(table, record);
    if (isCoarse(key)) continue;
    for (const part of parts) answer.push(refinedKey(key, part));
  }
  return parts === undefined ? answer : inOrder(answer);
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

/** The keys of the records of a share, one after the other: those of its record r stand from `from[r]` to `from[r + 1]`. */
interface KeyLists {
  readonly from: Uint32Array;
  readonly keys: Uint32Array;
}

function listKeys(first: number, end: number, keysOf: (record: number) => Iterable<number>): KeyLists {
  const from = sharedNumbers(end - first + 1);
  const keys = new Vector(Uint32Array);
  for (let record = first; record < end; record += 1) {
    for (const key of keysOf(record)) keys.push(key);
    from[record - first + 1] = keys.length;
  }
  return { from, keys: keys.values.subarray(0, keys.length) };
}

function joinLists(shares: readonly KeyLists[]): KeyLists {
  const sum = (lengthOf: (share: KeyLists) => number) => shares.reduce((all, share) => all + lengthOf(share), 0);
  const from = sharedNumbers(sum((share) => share.from.length - 1) + 1);
  const keys = sharedNumbers(sum((share) => share.keys.length));
  let [record, at] = [0, 0];
  for (const share of shares) {
    keys.set(share.keys, at);
    for (let own = 1; own < share.from.length; own += 1) from[record + own] = at + (share.from[own] as number);
    record += share.from.length - 1;
    at += share.keys.length;
  }
  return { from, keys };
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

function reportOf(keyCounts: readonly number[], tooLarge: Iterable<number>, dropped: readonly Dropped[]): BlockReport[] {
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
