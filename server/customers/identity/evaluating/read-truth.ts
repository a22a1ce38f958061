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
 * true, yes). Keys of the first column belong to the first file, those of the second to the file compared against. Throws Refusal for an unknown key.
 */
export function readTruthPairs(path: string, records: readonly MatchRecord[], isLink: boolean): LabelledPairs {
  const table = readDelimited(path, { header: true });
  const [left, right] = keyColumns(table);
  const label = table.header.findIndex((name, place) => place !== left && place !== right && LABEL.test(name));
  const firstBySide = sides(records, isLink);
  const same: [number, number][] = [];
  const different: [number, number][] = [];
  const named = new Set<string>();
  for (const row of table.rows) {
    const a = firstBySide[0].get(row[left] ?? "");
    const b = firstBySide[1].get(row[right] ?? "");
    if (a === undefined || b === undefined) throw new Refusal(`${path} names a record that is not there: ${row.join(", ")}`);
    // A pair counts once however often it is named, and a record with itself is none.
    const pair = `${Math.min(a, b)} ${Math.max(a, b)}`;
    if (a === b || named.has(pair)) continue;
    named.add(pair);
    (isSame(label < 0 ? "1" : (row[label] ?? "")) ? same : different).push([a, b]);
  }
  return { same, different };
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

function sides(records: readonly MatchRecord[], isLink: boolean): [Map<string, number>, Map<string, number>] {
  const side = (mark: string) =>
    new Map(records.flatMap(({ source, key }, place) => (source.startsWith(mark) ? [[key, place] as const] : [])));
  const first = side(FIRST_FILE);
  return [first, isLink ? side(SECOND_FILE) : first];
}

/** What the sources of the records of each file begin with. */
export const FIRST_FILE = "first";
export const SECOND_FILE = "second";
