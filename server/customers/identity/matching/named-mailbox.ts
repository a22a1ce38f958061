import { field, ROW, type TableArrays } from "./record-table.ts";
import { scripts } from "./word-pool.ts";

const WORD_UNITS_MIN = 2;
const EXACT_BITS = 9;
const DIGIT_BITS = 2;
const DIGITS_MAX = 4;
const NEAR_BITS = 6;
const [ZERO, NINE] = [48, 57];

/**
 * How many bits less an agreeing mailbox says of two people of the same name, if it is made of that name: strangers called Anna Lewis both choose anna.lewis.
 * Digits in it take part of that back. 0 when the mailbox holds neither name. `level` as in columns.ts: 1 exact, 2 local part, 3 close.
 */
export function mailboxDiscount(table: TableArrays): (a: number, b: number, email: number, level: number) => number {
  const { rows, values, words } = table;

  function localOf(record: number, email: number): number {
    for (let at = rows[record * ROW + field.emails] as number; at < (rows[record * ROW + field.identifiers] as number); at += 2)
      if (values[at] === email) return values[at + 1] as number;
    return 0;
  }

  function holds(whole: number, word: number): boolean {
    const length = words.length[word] as number;
    const last = (words.from[whole] as number) + (words.length[whole] as number) - length;
    for (let at = words.from[whole] as number; at <= last; at += 1) {
      let same = 0;
      while (same < length && words.units[at + same] === words.units[(words.from[word] as number) + same]) same += 1;
      if (same === length) return true;
    }
    return false;
  }

  /** Whether a Latin word of the names is in the mailbox; also true when no Latin spelling is known, for then nobody can tell. */
  function isOfName(local: number, a: number, b: number): boolean {
    let hasLatin = false;
    for (const record of [a, b]) {
      let header = rows[record * ROW + field.names] as number;
      while (header < (rows[record * ROW + field.addresses] as number)) {
        const end = header + 1 + ((values[header] as number) & 0xff) + ((values[header] as number) >> 8);
        for (let at = header + 1; at < end; at += 1) {
          const word = values[at] as number;
          if (words.script[word] !== scripts.latin || (words.length[word] as number) < WORD_UNITS_MIN) continue;
          hasLatin = true;
          if (holds(local, word)) return true;
        }
        header = end;
      }
    }
    return !hasLatin;
  }

  return (a, b, email, level) => {
    const local = localOf(a, email) || localOf(b, email);
    if (local === 0 || !isOfName(local, a, b)) return 0;
    if (level !== 1) return NEAR_BITS;
    let digits = 0;
    for (let at = words.from[local] as number; at < (words.from[local] as number) + (words.length[local] as number); at += 1) {
      if ((words.units[at] as number) >= ZERO && (words.units[at] as number) <= NINE) digits += 1;
    }
    return EXACT_BITS - DIGIT_BITS * Math.min(DIGITS_MAX, digits);
  };
}
