import { type ScoringTask, scorerOf } from "./score-pairs.ts";
import type { SortedKeys } from "./sorted-keys.ts";

/** Pairs worth keeping: the evidence reaches the threshold of doubt. Column by column; `a` came before `b` into the table. */
export interface Edges {
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly bits: Float64Array;
}

export interface BlockTask {
  readonly scoring: ScoringTask;
  readonly keysFrom: Uint32Array;
  readonly keys: Uint32Array;
  readonly sorted: SortedKeys;
  readonly dropped: ReadonlySet<number>;
  /** Where the next piece of work begins; shared by all threads. */
  readonly cursor: Int32Array;
}

export interface ScoredBlocks {
  readonly edges: Edges;
  readonly pairs: number;
}

const PIECE_ENTRIES = 1 << 14;

/** Compares the pairs of all blocks that this thread gets hold of, each pair once: under the first key that both records have. */
export function scoreBlocks(task: BlockTask): ScoredBlocks {
  const { scoreAbove } = scorerOf(task.scoring);
  const { doubtBits } = task.scoring.thresholds;
  const { keys, records } = task.sorted;
  const found = { a: [] as number[], b: [] as number[], bits: [] as number[] };
  let pairs = 0;
  const scoreBlock = (from: number, to: number) => {
    const key = keys[from] as number;
    for (let one = from; one < to; one += 1) {
      const a = records[one] as number;
      for (let other = one + 1; other < to; other += 1) {
        const b = records[other] as number;
        if (!isFirstCommonKey(task, a, b, key)) continue;
        pairs += 1;
        const bits = scoreAbove(a, b, doubtBits);
        if (bits < doubtBits) continue;
        found.a.push(a);
        found.b.push(b);
        found.bits.push(bits);
      }
    }
  };
  for (;;) {
    const piece = Atomics.add(task.cursor, 0, PIECE_ENTRIES);
    if (piece >= keys.length) break;
    // A block belongs to the piece it begins in.
    let from = startOfBlock(keys, piece);
    const end = Math.min(keys.length, piece + PIECE_ENTRIES);
    while (from < end) {
      let to = from + 1;
      while (to < keys.length && keys[to] === keys[from]) to += 1;
      if (to - from > 1) scoreBlock(from, to);
      from = to;
    }
  }
  return { edges: { a: Uint32Array.from(found.a), b: Uint32Array.from(found.b), bits: Float64Array.from(found.bits) }, pairs };
}

function startOfBlock(keys: Uint32Array, piece: number): number {
  let from = piece;
  while (from > 0 && from < keys.length && keys[from] === keys[from - 1]) from += 1;
  return from;
}

/** Both lists ascend: the first meeting decides, unless that key brings nobody together. */
export function isFirstCommonKey(lists: Pick<BlockTask, "keysFrom" | "keys" | "dropped">, a: number, b: number, key: number): boolean {
  const { keysFrom, keys, dropped } = lists;
  let left = keysFrom[a] as number;
  let right = keysFrom[b] as number;
  for (;;) {
    const x = keys[left] as number;
    const y = keys[right] as number;
    if (x === y) {
      if (x === key) return true;
      if (!dropped.has(x)) return false;
      left += 1;
      right += 1;
    } else if (x < y) left += 1;
    else right += 1;
  }
}
