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
  readonly sorted: SortedKeys;
  readonly places: Places;
  /** Where the next piece of work begins; shared by all threads. */
  readonly cursor: Int32Array;
}

/** Where in the blocks a record stands with others behind it: record r at the places listed from `from[r]` to `from[r + 1]`. */
export interface Places {
  readonly from: Uint32Array;
  readonly places: Uint32Array;
}

export interface ScoredBlocks {
  readonly edges: Edges;
  readonly pairs: number;
}

const PIECE_RECORDS = 1 << 10;

/** Lists by record what stands by key; as many steps as there are keys, in the order of both. */
export function placesOf({ keys, records }: SortedKeys, count: number): Places {
  const from = sharedNumbers(count + 1);
  for (let at = 1; at < keys.length; at += 1) {
    const record = records[at - 1] as number;
    if (keys[at] === keys[at - 1]) from[record] = (from[record] as number) + 1;
  }
  let sum = 0;
  for (let record = 0; record <= count; record += 1) {
    sum += from[record] as number;
    from[record] = sum;
  }
  const places = sharedNumbers(sum);
  // From the end of each list to its beginning, so that afterwards `from` says where it begins.
  for (let at = keys.length - 1; at > 0; at -= 1) {
    if (keys[at] !== keys[at - 1]) continue;
    const record = records[at - 1] as number;
    const place = (from[record] as number) - 1;
    from[record] = place;
    places[place] = at - 1;
  }
  return { from, places };
}

/** Compares each record that this thread gets hold of with those behind it in all its blocks, each pair once. */
export function scoreBlocks(task: BlockTask): ScoredBlocks {
  const { scoreAbove } = scorerOf(task.scoring);
  const { doubtBits } = task.scoring.thresholds;
  const { keys, records } = task.sorted;
  const { from, places } = task.places;
  const { count } = task.scoring.table;
  const found = { a: [] as number[], b: [] as number[], bits: [] as number[] };
  // By record: the one it was last compared with, and one more.
  const met = new Uint32Array(count);
  let pairs = 0;
  const scoreRecord = (a: number) => {
    for (let at = from[a] as number; at < (from[a + 1] as number); at += 1) {
      const place = places[at] as number;
      const key = keys[place];
      for (let behind = place + 1; keys[behind] === key; behind += 1) {
        const b = records[behind] as number;
        if (met[b] === a + 1) continue;
        met[b] = a + 1;
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
    const piece = Atomics.add(task.cursor, 0, PIECE_RECORDS);
    if (piece >= count) break;
    const end = Math.min(count, piece + PIECE_RECORDS);
    for (let a = piece; a < end; a += 1) scoreRecord(a);
  }
  return { edges: { a: Uint32Array.from(found.a), b: Uint32Array.from(found.b), bits: Float64Array.from(found.bits) }, pairs };
}
