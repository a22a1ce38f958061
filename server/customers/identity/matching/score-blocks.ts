import { type ScoringTask, scorerOf } from "./score-pairs.ts";
import { type SortedKeys, sharedNumbers } from "./sorted-keys.ts";

/** Pairs worth keeping: the evidence reaches the threshold of doubt. Column by column; `a` came before `b` into the table. */
export interface Edges {
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly bits: Float64Array;
}

export interface BlockTask {
  readonly scoring: ScoringTask;
  readonly keysFrom: Uint32Array;
  readonly sorted: SortedKeys;
  /** As `laterOf` gives it. */
  readonly later: Uint32Array;
  /** Where the next piece of work begins; shared by all threads. */
  readonly cursor: Int32Array;
}

export interface ScoredBlocks {
  readonly edges: Edges;
  readonly pairs: number;
}

// Small enough that threads end together, large enough that they seldom meet.
const PIECE_RECORDS = 512;

/**
 * Where in `sorted` the rest of its block begins, for every key of every record in the order of `keys`; 0 where no later record has the key. Blocks come in
 * the order of their keys, and so do the keys of each record: one walk over the blocks finds every place.
 */
export function laterOf({ keysFrom, keys, sorted }: { keysFrom: Uint32Array; keys: Uint32Array; sorted: SortedKeys }): Uint32Array {
  const later = sharedNumbers(keys.length);
  const next = keysFrom.slice();
  const { keys: blockKeys, records } = sorted;
  for (let at = 0; at < blockKeys.length; at += 1) {
    const key = blockKeys[at] as number;
    const record = records[at] as number;
    let own = next[record] as number;
    // Keys of blocks that were dropped are passed over.
    while (keys[own] !== key) own += 1;
    if (blockKeys[at + 1] === key) later[own] = at + 1;
    next[record] = own + 1;
  }
  return later;
}

/** Compares the pairs of all blocks whose first record this thread gets hold of, each pair once however many keys both have. */
export function scoreBlocks({ scoring, keysFrom, sorted, later, cursor }: BlockTask): ScoredBlocks {
  const { scoreAbove } = scorerOf(scoring);
  const { doubtBits } = scoring.thresholds;
  const { keys, records } = sorted;
  const { count } = scoring.table;
  const found = { a: [] as number[], b: [] as number[], bits: [] as number[] };
  // By record, the last one it was compared with, counted from 1.
  const compared = new Uint32Array(count);
  let pairs = 0;
  const scoreLater = (a: number, from: number) => {
    const key = keys[from] as number;
    for (let at = from; keys[at] === key; at += 1) {
      const b = records[at] as number;
      if (compared[b] === a + 1) continue;
      compared[b] = a + 1;
      pairs += 1;
      const bits = scoreAbove(a, b, doubtBits);
      if (bits < doubtBits) continue;
      found.a.push(a);
      found.b.push(b);
      found.bits.push(bits);
    }
  };
  for (;;) {
    const first = Atomics.add(cursor, 0, PIECE_RECORDS);
    if (first >= count) break;
    const end = Math.min(count, first + PIECE_RECORDS);
    for (let a = first; a < end; a += 1) {
      for (let own = keysFrom[a] as number; own < (keysFrom[a + 1] as number); own += 1) {
        const from = later[own] as number;
        if (from !== 0) scoreLater(a, from);
      }
    }
  }
  return { edges: { a: Uint32Array.from(found.a), b: Uint32Array.from(found.b), bits: Float64Array.from(found.bits) }, pairs };
}
