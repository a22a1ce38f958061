import { type TermKind, termKinds } from "./columns.ts";
import type { IdentityModel, Terms } from "./model.ts";
import { field, type RecordTable, ROW, type TableArrays } from "./record-table.ts";
import { sortKeys } from "./sorted-keys.ts";
import { Vector } from "./vector.ts";

const LISTED_MAX = 20_000;
const BITS_MIN = -8;
/** No value is so rare that agreeing on it adds more. */
export const RARITY_BITS_MAX = 5;

/** How often the values of one kind stand in a table: births by day number, all others by their number in the pool. Most values stand there once. */
export interface Frequencies {
  /** The values that stand there more than once, with the count of each. */
  readonly repeated: Uint32Array;
  readonly counts: Uint32Array;
  /** Of all values, how many there are, the sum of their counts, and the sum of the squares of these. */
  readonly size: number;
  readonly total: number;
  readonly squares: number;
}

export type Counts<Kind extends TermKind = TermKind> = Readonly<Record<Kind, Frequencies>>;

/** `records`: how many records hold each value. `bearers`: how many differently named ones, for the records of one customer in five systems make no name more common. */
export interface CountingTask {
  readonly table: TableArrays;
  readonly kind: TermKind;
  readonly what: "records" | "bearers";
}

/** Values side by side with their bearers: sorted, so that a million of them need no set and no map. */
export function countTerm({ table, kind, what }: CountingTask): Frequencies {
  const [values, bearers] = [new Vector(Uint32Array), new Vector(Uint32Array)];
  for (let record = 0; record < table.count; record += 1) {
    const bearer = what === "records" ? record : restOfName(table, record, kind);
    eachTerm(table, record, kind, (value) => {
      if (value === 0) return;
      values.push(value);
      bearers.push(bearer);
    });
  }
  const sorted = sortKeys(values.values.subarray(0, values.length), bearers.values.subarray(0, bearers.length));
  const [repeated, counts] = [new Vector(Uint32Array), new Vector(Uint32Array)];
  let [size, total, squares] = [0, 0, 0];
  for (let from = 0; from < sorted.keys.length; ) {
    const value = sorted.keys[from] as number;
    let to = from + 1;
    while (sorted.keys[to] === value) to += 1;
    const count = to - from === 1 ? 1 : distinct(sorted.records.subarray(from, to));
    if (count > 1) {
      repeated.push(value);
      counts.push(count);
    }
    size += 1;
    total += count;
    squares += count * count;
    from = to;
  }
  return { repeated: repeated.values.subarray(0, repeated.length), counts: counts.values.subarray(0, counts.length), size, total, squares };
}

/** What tells one bearer of a name or another value from another: the rest of the name. */
function restOfName({ rows, values }: TableArrays, record: number, kind: TermKind): number {
  const at = rows[record * ROW + field.names] as number;
  if (at === rows[record * ROW + field.addresses]) return 0;
  if (kind === "organisation") return record;
  const [given, family] = [(values[at] as number) & 0xff, (values[at] as number) >> 8];
  if (kind === "family") return given === 0 ? 0 : (values[at + 1] as number);
  return family === 0 ? 0 : (values[at + 1 + given] as number);
}

function distinct(bearers: Uint32Array): number {
  bearers.sort();
  let count = 1;
  for (let at = 1; at < bearers.length; at += 1) if (bearers[at] !== bearers[at - 1]) count += 1;
  return count;
}

function eachTerm({ rows, values }: TableArrays, record: number, kind: TermKind, use: (value: number) => void): void {
  const row = record * ROW;
  switch (kind) {
    case "birth":
      use(rows[row + field.birth] as number);
      return;
    case "given":
    case "family":
    case "organisation":
      if ((rows[row + field.kind] === 0) === (kind === "organisation")) return;
      for (let at = rows[row + field.names] as number; at < (rows[row + field.addresses] as number); ) {
        const header = values[at] as number;
        const [given, family] = [header & 0xff, header >> 8];
        const [from, to] = kind === "given" ? [at + 1, at + 1 + given] : [at + 1 + given, at + 1 + given + family];
        for (let word = from; word < to; word += 1) use(values[word] as number);
        at += 1 + given + family;
      }
      return;
    case "postcode":
    case "city":
      for (let at = rows[row + field.addresses] as number; at < (rows[row + field.phones] as number); at += 4 + (values[at + 3] as number))
        use(values[at + (kind === "postcode" ? 1 : 2)] as number);
      return;
    case "phone":
      for (let at = rows[row + field.phones] as number; at < (rows[row + field.emails] as number); at += 1) use(values[at] as number);
      return;
    case "email":
      for (let at = rows[row + field.emails] as number; at < (rows[row + field.identifiers] as number); at += 2) use(values[at] as number);
      return;
    case "identifier":
      for (let at = rows[row + field.identifiers] as number; at < (rows[row + field.end] as number); at += 3) use(values[at + 1] as number);
  }
}

/** The counts as shares, with the most common values by their text. */
export function termsOf(table: RecordTable, counts: Counts): IdentityModel["terms"] {
  return Object.fromEntries(
    termKinds.map((kind) => [kind, sharesOf(counts[kind], (value) => (kind === "birth" ? String(value) : table.pool.textOf(value)))]),
  ) as unknown as Record<TermKind, Terms>;
}

function sharesOf({ repeated, counts, size, total, squares }: Frequencies, textOf: (value: number) => string): Terms {
  if (total === 0) return { base: 1e-3, floor: 1e-3, shares: {} };
  // Values as common as the first that finds no place are left out with it: the list must not depend on who came first.
  const common = counts.length > LISTED_MAX ? (counts.toSorted().at(-LISTED_MAX - 1) as number) : 1;
  const kept: [string, number][] = [];
  for (const [place, count] of counts.entries()) if (count > common) kept.push([textOf(repeated[place] as number), count]);
  kept.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const mass = kept.reduce((sum, [, count]) => sum + count, 0);
  const others = size - kept.length;
  return {
    base: squares / total ** 2,
    floor: others === 0 ? 1 / total : (total - mass) / others / total,
    shares: Object.fromEntries(kept.map(([text, count]) => [text, count / total])),
  };
}

/** Additional bits for agreeing on a value, by its number; values beyond the array are as rare as the last resort `floor`. */
export interface TermBits {
  readonly byValue: Readonly<Record<Exclude<TermKind, "birth">, Float32Array>>;
  readonly birth: ReadonlyMap<number, number>;
  readonly floor: Readonly<Record<TermKind, number>>;
}

/** The frequencies of a model in the numbers of a table; to be made again when the table has grown much. */
export function termBits(model: IdentityModel, table: RecordTable): TermBits {
  const floor = Object.fromEntries(
    termKinds.map((kind) => [kind, Math.fround(bitsOf(model.terms[kind], model.terms[kind].floor, kind))]),
  ) as Record<TermKind, number>;
  const valueKinds = termKinds.filter((kind) => kind !== "birth");
  // Also values that no record of the table has yet: one that comes later must weigh the same.
  for (const kind of valueKinds) for (const text of Object.keys(model.terms[kind].shares)) table.pool.value(text);
  const byValue = Object.fromEntries(
    valueKinds.map((kind) => {
      const bits = new Float32Array(new SharedArrayBuffer(table.pool.size * 4)).fill(floor[kind]);
      for (const [text, share] of Object.entries(model.terms[kind].shares)) {
        bits[table.pool.find(text)] = bitsOf(model.terms[kind], share, kind);
      }
      return [kind, bits];
    }),
  ) as unknown as Record<Exclude<TermKind, "birth">, Float32Array>;
  const birth = new Map(
    Object.entries(model.terms.birth.shares).map(([day, share]) => [Number(day), bitsOf(model.terms.birth, share, "birth")]),
  );
  return { byValue, birth, floor };
}

/** For words of organisations what the word itself tells, for all others by how much more than usual the value tells. */
function bitsOf({ base }: Terms, share: number, kind: TermKind): number {
  return kind === "organisation" ? Math.max(1, -Math.log2(share)) : Math.min(RARITY_BITS_MAX, Math.max(BITS_MIN, Math.log2(base / share)));
}
