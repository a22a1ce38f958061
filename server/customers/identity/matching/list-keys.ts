import { blockingKeys, refineKeys } from "./blocking-keys.ts";
import { KeyList } from "./key-list.ts";
import type { TableArrays } from "./record-table.ts";
import { finderOf, sharedNumbers } from "./sorted-keys.ts";
import { Vector } from "./vector.ts";

/** The keys of records, one after the other: those of record r stand ascending from `from[r]` to `from[r + 1]`. */
export interface KeyLists {
  readonly from: Uint32Array;
  readonly keys: Uint32Array;
}

export interface KeysTask {
  readonly table: TableArrays;
  /** The share of the records, `to` not included. */
  readonly from: number;
  readonly to: number;
  /** With it the refined keys of the share are listed, else the plain ones. */
  readonly refine?: { readonly plain: KeyLists; readonly tooLarge: Uint32Array };
}

/** The keys of a share of the records; `from[0]` is that of the first record of the share. */
export function listKeys({ table, from, to, refine }: KeysTask): KeyLists {
  const keys = new KeyList();
  if (refine === undefined) return list(from, to, keys, (record) => blockingKeys(table, record, keys));
  const { plain, tooLarge } = refine;
  const isTooLarge = finderOf(tooLarge);
  return list(from, to, keys, (record) => {
    keys.length = 0;
    for (let at = plain.from[record] as number; at < (plain.from[record + 1] as number); at += 1) keys.add(plain.keys[at] as number);
    refineKeys(table, record, keys, isTooLarge);
  });
}

function list(first: number, end: number, keys: KeyList, gather: (record: number) => void): KeyLists {
  const from = sharedNumbers(end - first + 1);
  const all = new Vector(Uint32Array);
  for (let record = first; record < end; record += 1) {
    gather(record);
    for (let at = 0; at < keys.length; at += 1) all.push(keys.values[at] as number);
    from[record - first + 1] = all.length;
  }
  return { from, keys: all.values.subarray(0, all.length) };
}

/** The lists of shares that follow each other. */
export function joinLists(shares: readonly KeyLists[]): KeyLists {
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
