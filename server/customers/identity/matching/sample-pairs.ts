import { seededRandom } from "../../../platform/random/index.ts";
import { firstKeyOf, keyClasses } from "./blocking-keys.ts";
import type { RecordComparer } from "./compare-records.ts";
import { type Pattern, PatternCounter } from "./patterns.ts";
import { field, ROW, type TableArrays } from "./record-table.ts";
import { lowerBound, type SortedKeys } from "./sorted-keys.ts";

const RANDOM_PAIRS_MAX = 200_000;
const SESSION_PAIRS_MAX = 25_000;

/** Pairs drawn from all records of a kind (all pairs, where there are few): nearly all of them strangers. */
export function randomPatterns(
  table: TableArrays,
  order: Uint32Array,
  kind: number,
  compare: RecordComparer,
  seed: number,
): PatternCounter {
  const records = order.filter((record) => table.rows[record * ROW + field.kind] === kind);
  const counter = new PatternCounter();
  const show = (a: number, b: number) => {
    compare.compare(a, b);
    counter.add(compare.levels);
  };
  if ((records.length * (records.length - 1)) / 2 <= RANDOM_PAIRS_MAX) {
    for (const [place, a] of records.entries())
      for (let other = place + 1; other < records.length; other += 1) show(a, records[other] as number);
    return counter;
  }
  const random = seededRandom(seed + kind);
  while (counter.pairs < RANDOM_PAIRS_MAX) {
    const a = Math.floor(random() * records.length);
    const b = Math.floor(random() * records.length);
    if (a !== b) show(records[a] as number, records[b] as number);
  }
  return counter;
}

export interface SessionPatterns {
  readonly keyClass: number;
  readonly patterns: readonly Pattern[];
  readonly pairs: number;
}

/** Pairs that share a key, by class of key. Keys are hashes: taking the first blocks of a class is a draw at random that does not depend on arrival. */
export function sessionPatterns(
  table: TableArrays,
  { keys, records }: SortedKeys,
  kind: number,
  compare: RecordComparer,
): SessionPatterns[] {
  const isOfKind = (record: number) => table.rows[record * ROW + field.kind] === kind;
  return keyClasses.flatMap((one, keyClass) => {
    if ("kind" in one && one.kind !== kind) return [];
    const counter = new PatternCounter();
    const end = lowerBound(keys, firstKeyOf(keyClass + 1));
    for (let from = lowerBound(keys, firstKeyOf(keyClass)); from < end && counter.pairs < SESSION_PAIRS_MAX; ) {
      let to = from + 1;
      while (to < end && keys[to] === keys[from]) to += 1;
      const block = to - from === 1 ? [] : [...records.subarray(from, to)].filter(isOfKind);
      for (const [place, a] of block.entries()) {
        for (const b of block.slice(place + 1)) {
          compare.compare(a, b);
          counter.add(compare.levels);
        }
      }
      from = to;
    }
    return counter.pairs === 0 ? [] : [{ keyClass, patterns: counter.patterns(), pairs: counter.pairs }];
  });
}
