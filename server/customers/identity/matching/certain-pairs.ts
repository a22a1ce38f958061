import type { ColumnName } from "./columns.ts";
import { field, ROW, type TableArrays } from "./record-table.ts";
import { mixed } from "./texts.ts";

/** Agreement that chance alone hardly brings about: from such pairs the prior is taken, never from pairs chosen for being alike. */
export interface CertainRule {
  readonly rule: string;
  readonly columns: readonly ColumnName[];
  readonly pairs: number;
}

/** Counts the pairs of records of one kind that agree exactly by each rule. */
export function certainPairs(table: TableArrays, kind: 0 | 1): CertainRule[] {
  const names: readonly ColumnName[] = kind === 0 ? ["given", "family"] : ["organisation"];
  const nameOf = (record: number) => nameHash(table, record);
  const birthOf = (record: number) =>
    ((table.rows[record * ROW + field.birth] as number) % 100 === 0 ? 0 : table.rows[record * ROW + field.birth]) as number;
  const rules: [string, readonly ColumnName[], (record: number) => number][] = [
    ["same identifier", ["identifier"], (record) => firstOf(table, record, "identifiers", 1)],
    ["same e-mail", ["email"], (record) => firstOf(table, record, "emails", 0)],
    ["same name and birth", [...names, "birth"], (record) => both(nameOf(record), birthOf(record))],
    ["same name and place", [...names, "place"], (record) => both(nameOf(record), placeHash(table, record))],
  ];
  return rules.map(([rule, columns, keyOf]) => ({ rule, columns, pairs: countPairs(table, kind, keyOf) }));
}

function countPairs(table: TableArrays, kind: number, keyOf: (record: number) => number): number {
  const seen = new Map<number, number>();
  let pairs = 0;
  for (let record = 0; record < table.count; record += 1) {
    if (table.rows[record * ROW + field.kind] !== kind) continue;
    const key = keyOf(record);
    if (key === 0) continue;
    const before = seen.get(key) ?? 0;
    pairs += before;
    seen.set(key, before + 1);
  }
  return pairs;
}

function firstOf({ rows, values }: TableArrays, record: number, list: "identifiers" | "emails", place: number): number {
  const at = rows[record * ROW + field[list]] as number;
  return at < (rows[record * ROW + field[list] + 1] as number) ? (values[at + place] as number) : 0;
}

const TWO_TO_21 = 2 ** 21;

/** 53 bits of two hashes; 0 when one is missing. */
function both(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : mixed(a, b) * TWO_TO_21 + (mixed(b, a) % TWO_TO_21);
}

function nameHash({ rows, values, words }: TableArrays, record: number): number {
  const at = rows[record * ROW + field.names] as number;
  if (at === (rows[record * ROW + field.addresses] as number)) return 0;
  const header = values[at] as number;
  const count = (header & 0xff) + (header >> 8);
  if (count < 2) return 0;
  let sum = 0;
  for (let word = 1; word <= count; word += 1) sum = (sum + mixed(words.hash[values[at + word] as number] as number, 7)) >>> 0;
  return sum;
}

function placeHash({ rows, values, words }: TableArrays, record: number): number {
  const at = rows[record * ROW + field.addresses] as number;
  if (at === (rows[record * ROW + field.phones] as number)) return 0;
  const [postcode, city] = [values[at + 1] as number, values[at + 2] as number];
  if (postcode === 0) return 0;
  return mixed(words.hash[postcode] as number, words.hash[city] as number);
}
