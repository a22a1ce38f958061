import { classOf, isCoarse, keyClasses } from "./blocking-keys.ts";
import { joinLists, type KeyLists, type KeysTask } from "./list-keys.ts";
import type { TableArrays } from "./record-table.ts";
import type { BlockSize, KeyRange, SortedBlocks } from "./sort-blocks.ts";
import { type SortedKeys, sharedNumbers } from "./sorted-keys.ts";
import { withThreads } from "./threads.ts";

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

const KEYS_END = 2 ** 32;

/** Builds all blocks of a table: keys are listed by each thread for a share of the records, and sorted by each for a share of the keys. */
export function buildBlocks(table: TableArrays, threads: number): Promise<Blocks> {
  const bound = blockBound(table.count);
  return withThreads(threads, async (run) => {
    const list = async (task: Pick<KeysTask, "table" | "refine">) =>
      joinLists(await Promise.all(shares(table.count, threads).map((share) => run("listKeys", { ...task, ...share }))));
    const ranges = (lists: KeyLists) => keyRanges(lists.keys, threads).map((range): KeyRange => ({ lists, bound, ...range }));
    const plain = await list({ table });
    const large = (await Promise.all(ranges(plain).map((range) => run("findTooLarge", range)))).flat();
    const refined = await list({ table, refine: { plain, tooLarge: keysOf(large) } });
    const sorted = await Promise.all(ranges(refined).map((range) => run("sortBlocks", range)));
    return blocksOf(refined, bound, large, sorted);
  });
}

function shares(count: number, parts: number): { from: number; to: number }[] {
  return Array.from({ length: parts }, (_, part) => ({
    from: Math.floor((count * part) / parts),
    to: Math.floor((count * (part + 1)) / parts),
  }));
}

const SAMPLED_KEYS = 10_000;

/** Ranges of about as many keys each. */
function keyRanges(keys: Uint32Array, parts: number): { least: number; end: number }[] {
  const step = Math.max(1, Math.floor(keys.length / SAMPLED_KEYS));
  const sample = Uint32Array.from({ length: Math.floor(keys.length / step) }, (_, at) => keys[at * step] as number).sort();
  const bounds = shares(sample.length, parts).map(({ from }, part) => (part === 0 ? 0 : (sample[from] as number)));
  return bounds.map((least, part) => ({ least, end: bounds[part + 1] ?? KEYS_END }));
}

function keysOf(blocks: readonly BlockSize[]): Uint32Array {
  return Uint32Array.from(blocks, ({ key }) => key);
}

function blocksOf(refined: KeyLists, bound: number, large: readonly BlockSize[], sorted: readonly SortedBlocks[]): Blocks {
  const dropped = sorted.flatMap((part) => part.dropped);
  const keyCounts = keyClasses.map((_, place) => sorted.reduce((sum, part) => sum + (part.keyCounts[place] ?? 0), 0));
  return {
    keysFrom: refined.from,
    keys: refined.keys,
    sorted: joinSorted(sorted.map(({ kept }) => kept)),
    bound,
    refined: keysOf(large),
    dropped: new Set(dropped.map(({ key }) => key)),
    report: reportOf(keyCounts, keysOf(large), [...large.filter(({ key }) => isCoarse(key)), ...dropped]),
  };
}

function joinSorted(parts: readonly SortedKeys[]): SortedKeys {
  const length = parts.reduce((sum, { keys }) => sum + keys.length, 0);
  const [keys, records] = [sharedNumbers(length), sharedNumbers(length)];
  let at = 0;
  for (const part of parts) {
    keys.set(part.keys, at);
    records.set(part.records, at);
    at += part.keys.length;
  }
  return { keys, records };
}

function reportOf(keyCounts: readonly number[], tooLarge: Iterable<number>, dropped: readonly BlockSize[]): BlockReport[] {
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
