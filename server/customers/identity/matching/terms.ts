import { type TermKind, termKinds } from "./columns.ts";
import type { IdentityModel, Terms } from "./model.ts";
import type { RecordTable, TableArrays } from "./record-table.ts";

const LISTED_MAX = 20_000;
const LISTED_COUNT_MIN = 2;
const BEARER_BASE = 2 ** 26;
// A Set holds no more than 2^24; beyond, repeats count as they come.
const SEEN_MAX = 16_000_000;
const BITS_MIN = -8;
/** No value is so rare that agreeing on it adds more. */
export const RARITY_BITS_MAX = 5;

/** How often each value stands in a table; births by day number, all others by their number in the pool. */
export type Counts = Readonly<Record<TermKind, Map<number, number>>>;

/** What tells one bearer of a value from another where the records of one customer must count once: the rest of the name. */
type BearerOf = (record: number, kind: TermKind) => number;

/** How many records hold each value. */
export function countRecords(table: TableArrays): Counts {
  return countTerms(table, (record) => record);
}

/** How many differently named bearers each value has: the records of one customer in five systems make no name more common. */
export function countBearers(table: TableArrays): Counts {
  return countTerms(table, (record, kind) => {
    const at = table.namesFrom[record] as number;
    if (at === table.namesFrom[record + 1]) return 0;
    const header = table.names[at] as number;
    const given = header & 0xff;
    const other = kind === "family" ? at + 1 : at + 1 + given;
    return kind === "organisation" ? record : kind === "family" && given === 0 ? 0 : (table.names[other] as number);
  });
}

function countTerms(table: TableArrays, bearerOf: BearerOf): Counts {
  const counts = Object.fromEntries(termKinds.map((kind) => [kind, new Map<number, number>()])) as Record<TermKind, Map<number, number>>;
  for (const kind of termKinds) {
    // One set per kind, emptied in between: a bank of millions fills it with as many numbers.
    const seen = new Set<number>();
    for (let record = 0; record < table.count; record += 1) {
      const bearer = bearerOf(record, kind);
      eachTerm(table, record, kind, (value) => {
        if (value === 0) return;
        const before = seen.size;
        if (seen.size < SEEN_MAX) seen.add(value * BEARER_BASE + bearer);
        if (seen.size > before || seen.size === SEEN_MAX) counts[kind].set(value, (counts[kind].get(value) ?? 0) + 1);
      });
    }
  }
  return counts;
}

function eachTerm(table: TableArrays, record: number, kind: TermKind, use: (value: number) => void): void {
  switch (kind) {
    case "birth":
      use(table.birth[record] as number);
      return;
    case "given":
    case "family":
    case "organisation":
      eachNameWord(table, record, kind, use);
      return;
    case "postcode":
    case "city":
      for (
        let at = table.addressesFrom[record] as number;
        at < (table.addressesFrom[record + 1] as number);
        at += 4 + (table.addresses[at + 3] as number)
      ) {
        use(table.addresses[at + (kind === "postcode" ? 1 : 2)] as number);
      }
      return;
    case "phone":
      for (let at = table.phonesFrom[record] as number; at < (table.phonesFrom[record + 1] as number); at += 1)
        use(table.phones[at] as number);
      return;
    case "email":
      for (let at = table.emailsFrom[record] as number; at < (table.emailsFrom[record + 1] as number); at += 2)
        use(table.emails[at] as number);
      return;
    case "identifier":
      for (let at = table.identifiersFrom[record] as number; at < (table.identifiersFrom[record + 1] as number); at += 3) {
        use(table.identifiers[at + 1] as number);
      }
  }
}

function eachNameWord(table: TableArrays, record: number, kind: "given" | "family" | "organisation", use: (value: number) => void): void {
  if ((table.kind[record] === 0) === (kind === "organisation")) return;
  const { names, namesFrom } = table;
  for (let at = namesFrom[record] as number; at < (namesFrom[record + 1] as number); ) {
    const header = names[at] as number;
    const [given, family] = [header & 0xff, header >> 8];
    const [from, to] = kind === "given" ? [at + 1, at + 1 + given] : [at + 1 + given, at + 1 + given + family];
    for (let word = from; word < to; word += 1) use(names[word] as number);
    at += 1 + given + family;
  }
}

/** The counts as shares, with the most common values by their text. */
export function termsOf(table: RecordTable, counts: Counts): IdentityModel["terms"] {
  return Object.fromEntries(
    termKinds.map((kind) => [kind, sharesOf(counts[kind], (value) => (kind === "birth" ? String(value) : table.pool.textOf(value)))]),
  ) as unknown as Record<TermKind, Terms>;
}

function sharesOf(counts: ReadonlyMap<number, number>, textOf: (value: number) => string): Terms {
  let total = 0;
  let squares = 0;
  for (const count of counts.values()) {
    total += count;
    squares += count * count;
  }
  if (total === 0) return { base: 1e-3, floor: 1e-3, shares: {} };
  const listed: [string, number][] = [];
  for (const [value, count] of counts) if (count >= LISTED_COUNT_MIN) listed.push([textOf(value), count]);
  // By text among equals: the list must not depend on who came first.
  listed.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const kept = listed.slice(0, LISTED_MAX);
  const mass = kept.reduce((sum, [, count]) => sum + count, 0);
  const others = counts.size - kept.length;
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
