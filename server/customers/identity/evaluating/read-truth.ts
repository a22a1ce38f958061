import { Refusal } from "../../../platform/config/index.ts";
import { type DelimitedFile, readDelimited } from "../../../platform/files/index.ts";
import type { MatchRecord } from "../matching/index.ts";

/** Pairs of which somebody said whether they are one. When none is said to differ, every pair not named counts as different. */
export interface LabelledPairs {
  readonly same: readonly (readonly [number, number])[];
  readonly different: readonly (readonly [number, number])[];
}

const LABEL = /score|label|match|same|truth|duplicate/i;
const LABEL_FROM = 0.5;

/**
 * Pairs by key: the columns ending in _l and _r, else the first two; a column named like score, label or match says whether the pair is one (from 0.5,
 * true, yes). Keys of the first column belong to the first file, those of the second to the file compared against. Throws Refusal for a key that no record
 * has, or several have, and for a pair that is said to be one and not to be one: whatever was taken for it, the figures would be of something else.
 */
export function readTruthPairs(path: string, records: readonly MatchRecord[], isLink: boolean): LabelledPairs {
  const table = readDelimited(path, { header: true });
  const [left, right] = keyColumns(table);
  const label = table.header.findIndex((name, place) => place !== left && place !== right && LABEL.test(name));
  const [first, second] = sides(records, isLink);
  const said = { same: [] as [number, number][], different: [] as [number, number][] };
  const named = new Map<string, { readonly line: number; readonly isOne: boolean }>();
  for (const [line, row] of table.numbered) {
    const where = `${path}, line ${line}`;
    const [a, b] = [placeOf(first, row[left] ?? "", where), placeOf(second, row[right] ?? "", where)];
    const isOne = label < 0 || isSame(row[label] ?? "");
    // A pair counts once however often it is named, and a record with itself is none.
    const pair = `${Math.min(a, b)} ${Math.max(a, b)}`;
    const before = named.get(pair);
    if (before !== undefined && before.isOne !== isOne)
      throw new Refusal(
        `${where}: ${row[left]} and ${row[right]} are said to be ${isOne ? "one" : "two"}, and the opposite in line ${before.line}.`,
      );
    if (a === b || before !== undefined) continue;
    named.set(pair, { line, isOne });
    said[isOne ? "same" : "different"].push([a, b]);
  }
  return said;
}

function keyColumns({ header }: DelimitedFile): [number, number] {
  const left = header.findIndex((name) => /(id|key).*_l$/i.test(name));
  const right = header.findIndex((name) => /(id|key).*_r$/i.test(name));
  return left >= 0 && right >= 0 ? [left, right] : [0, 1];
}

function isSame(text: string): boolean {
  const number = Number(text);
  return text !== "" && !Number.isNaN(number) ? number >= LABEL_FROM : /^(true|yes|y|t|same|match)$/i.test(text);
}

interface Side {
  readonly name: string;
  /** By key. */
  readonly places: ReadonlyMap<string, number>;
  /** Of keys that come again: how manyth the records with it are in their file, the first two. */
  readonly repeated: ReadonlyMap<string, readonly [number, number]>;
}

function sides(records: readonly MatchRecord[], isLink: boolean): [Side, Side] {
  const first = sideOf(records, FIRST_FILE);
  return [first, isLink ? sideOf(records, SECOND_FILE) : first];
}

function sideOf(records: readonly MatchRecord[], name: string): Side {
  const places = new Map<string, number>();
  const repeated = new Map<string, readonly [number, number]>();
  const from = records.findIndex(({ source }) => source.startsWith(name));
  for (const [place, { source, key }] of records.entries()) {
    if (!source.startsWith(name)) continue;
    const before = places.get(key);
    if (before === undefined) places.set(key, place);
    else if (!repeated.has(key)) repeated.set(key, [before - from + 1, place - from + 1]);
  }
  return { name, places, repeated };
}

function placeOf({ name, places, repeated }: Side, key: string, where: string): number {
  const place = places.get(key);
  if (place === undefined) throw new Refusal(`${where}: no record of the ${name} file has the key "${key}".`);
  const twice = repeated.get(key);
  if (twice !== undefined)
    throw new Refusal(
      `${where}: records ${twice[0]} and ${twice[1]} of the ${name} file both have the key "${key}"; which of them is meant cannot be told. Keys that pairs name must stand in the file once.`,
    );
  return place;
}

/** What the sources of the records of each file begin with. */
export const FIRST_FILE = "first";
export const SECOND_FILE = "second";
