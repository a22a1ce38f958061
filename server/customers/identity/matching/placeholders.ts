import type { Placeholders } from "./model.ts";
import { field, type RecordTable, ROW, type TableArrays } from "./record-table.ts";
import type { Counts } from "./terms.ts";

const SHARED_MIN = 30;
const SHARED_PER_RECORD = 1 / 20_000;
const BIRTHS_MIN = 25;
const BIRTHS_OVER_MEAN = 20;
// Whoever shares a placeholder is called differently; the records of one much duplicated customer are not.
const NAMES_SHARE_MIN = 0.3;

/** Values shared by so many records of different names that they stand for "not known": a branch's phone, a mailbox of the call centre, a filler date. */
export function findPlaceholders(table: RecordTable, counts: Counts<"birth" | "phone" | "email" | "identifier">): Placeholders {
  const arrays = table.arrays();
  const shared = SHARED_MIN + arrays.count * SHARED_PER_RECORD;
  const { total, size } = counts.birth;
  const birthsMax = Math.max(BIRTHS_MIN, (BIRTHS_OVER_MEAN * total) / Math.max(1, size));
  const often = (kind: keyof typeof counts, max: number) =>
    new Set(counts[kind].repeated.filter((_, place) => (counts[kind].counts[place] as number) > max));
  const texts = (values: Iterable<number>) => [...values].map((value) => table.pool.textOf(value)).sort();
  const manyOf = (kind: "phone" | "email" | "identifier") => texts(manyNames(arrays, often(kind, shared), eachOf(arrays, kind)));
  return {
    births: manyNames(arrays, often("birth", birthsMax), (record, use) => use(arrays.rows[record * ROW + field.birth] as number)).sort(
      (a, b) => a - b,
    ),
    phones: manyOf("phone"),
    emails: manyOf("email"),
    identifiers: manyOf("identifier"),
  };
}

type Each = (record: number, use: (value: number) => void) => void;

/** Where the values of a kind stand: in which list, how many numbers apart, which of them. */
const lists = {
  phone: { from: field.phones, step: 1, place: 0 },
  email: { from: field.emails, step: 2, place: 0 },
  identifier: { from: field.identifiers, step: 3, place: 1 },
} as const;

function eachOf({ rows, values }: TableArrays, kind: keyof typeof lists): Each {
  const { from, step, place } = lists[kind];
  return (record, use) => {
    for (let at = rows[record * ROW + from] as number; at < (rows[record * ROW + from + 1] as number); at += step)
      use(values[at + place] as number);
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
      const at = table.rows[record * ROW + field.names] as number;
      if (at < (table.rows[record * ROW + field.addresses] as number)) entry.names.add(table.values[at + 1] as number);
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
  if (days.size > 0) {
    for (let at = first * ROW + field.birth; at < arrays.count * ROW; at += ROW)
      if (days.has(arrays.rows[at] as number)) arrays.rows[at] = 0;
  }
  forget(arrays, first, "phone", numbers(phones));
  forget(arrays, first, "email", numbers(emails));
  forget(arrays, first, "identifier", numbers(identifiers));
}

function forget({ count, rows, values }: TableArrays, first: number, kind: keyof typeof lists, forgotten: ReadonlySet<number>): void {
  if (forgotten.size === 0) return;
  const { from, step, place } = lists[kind];
  for (let record = first; record < count; record += 1) {
    for (let at = rows[record * ROW + from] as number; at < (rows[record * ROW + from + 1] as number); at += step)
      if (forgotten.has(values[at + place] as number)) values[at + place] = 0;
  }
}
