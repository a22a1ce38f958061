import type { Placeholders } from "./model.ts";
import type { RecordTable, TableArrays } from "./record-table.ts";
import type { Counts } from "./terms.ts";

const SHARED_MIN = 30;
const SHARED_PER_RECORD = 1 / 20_000;
const BIRTHS_MIN = 25;
const BIRTHS_OVER_MEAN = 20;
// Whoever shares a placeholder is called differently; the records of one much duplicated customer are not.
const NAMES_SHARE_MIN = 0.3;

/** Values shared by so many records of different names that they stand for "not known": a branch's phone, a mailbox of the call centre, a filler date. */
export function findPlaceholders(table: RecordTable, counts: Counts): Placeholders {
  const arrays = table.arrays();
  const shared = SHARED_MIN + arrays.count * SHARED_PER_RECORD;
  let births = 0;
  for (const count of counts.birth.values()) births += count;
  const birthsMax = Math.max(BIRTHS_MIN, (BIRTHS_OVER_MEAN * births) / Math.max(1, counts.birth.size));
  const often = (from: ReadonlyMap<number, number>, max: number) =>
    new Set([...from].filter(([, count]) => count > max).map(([value]) => value));
  const texts = (values: Iterable<number>) => [...values].map((value) => table.pool.textOf(value)).sort();
  return {
    births: manyNames(arrays, often(counts.birth, birthsMax), (record, use) => use(arrays.birth[record] as number)).sort((a, b) => a - b),
    phones: texts(manyNames(arrays, often(counts.phone, shared), eachOf(arrays.phonesFrom, arrays.phones, 1, 0))),
    emails: texts(manyNames(arrays, often(counts.email, shared), eachOf(arrays.emailsFrom, arrays.emails, 2, 0))),
    identifiers: texts(manyNames(arrays, often(counts.identifier, shared), eachOf(arrays.identifiersFrom, arrays.identifiers, 3, 1))),
  };
}

type Each = (record: number, use: (value: number) => void) => void;

function eachOf(from: Uint32Array, values: Uint32Array, step: number, place: number): Each {
  return (record, use) => {
    for (let at = from[record] as number; at < (from[record + 1] as number); at += step) use(values[at + place] as number);
  };
}

/** Those of the values whose records have different first words in their names. */
function manyNames(table: TableArrays, values: ReadonlySet<number>, each: Each): number[] {
  if (values.size === 0) return [];
  const found = new Map([...values].map((value) => [value, { records: 0, names: new Set<number>() }]));
  for (let record = 0; record < table.count; record += 1) {
    each(record, (value) => {
      const entry = found.get(value);
      if (entry === undefined) return;
      entry.records += 1;
      const at = table.namesFrom[record] as number;
      if (at < (table.namesFrom[record + 1] as number)) entry.names.add(table.names[at + 1] as number);
    });
  }
  // Fillers of a source that sends no names either are placeholders all the more.
  return [...found]
    .filter(([, { records, names }]) => names.size === 0 || names.size >= Math.min(SHARED_MIN / 2, records * NAMES_SHARE_MIN))
    .map(([value]) => value);
}

/** Makes placeholders of the records from `first` on missing, in place. */
export function forgetPlaceholders(table: RecordTable, { births, phones, emails, identifiers }: Placeholders, first = 0): void {
  const arrays = table.arrays();
  const days = new Set(births);
  const numbers = (texts: readonly string[]) => new Set(texts.map((text) => table.pool.find(text)));
  const [noPhones, noEmails, noIdentifiers] = [numbers(phones), numbers(emails), numbers(identifiers)];
  if (days.size > 0) {
    for (let record = first; record < arrays.count; record += 1) if (days.has(arrays.birth[record] as number)) arrays.birth[record] = 0;
  }
  forget(arrays.phones, arrays.phonesFrom, [first, arrays.count], { step: 1, place: 0, values: noPhones });
  forget(arrays.emails, arrays.emailsFrom, [first, arrays.count], { step: 2, place: 0, values: noEmails });
  forget(arrays.identifiers, arrays.identifiersFrom, [first, arrays.count], { step: 3, place: 1, values: noIdentifiers });
}

interface Forgotten {
  readonly step: number;
  readonly place: number;
  readonly values: ReadonlySet<number>;
}

function forget(list: Uint32Array, from: Uint32Array, [first, count]: readonly [number, number], { step, place, values }: Forgotten): void {
  if (values.size === 0) return;
  for (let at = from[first] as number; at < (from[count] as number); at += step) {
    if (values.has(list[at + place] as number)) list[at + place] = 0;
  }
}
