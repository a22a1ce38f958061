import { field, ROW, type TableArrays } from "./record-table.ts";
import { isOneSlip, jaroAtMost, jaroWinkler } from "./similarity.ts";
import { mayBeNear } from "./word-pool.ts";

/** The best level over all pairs of values (0 missing, 1 exact … different), and the value that agrees. */
export interface ValueAgreement {
  level: number;
  value: number;
}

type Compare = (a: number, b: number) => ValueAgreement;

const LOCAL_CLOSE_FROM = 0.92;
// A common beginning lifts a Jaro similarity of 0.87 to 0.92.
const LOCAL_BOUND = 0.86;
const SUFFIX_DIGITS = 8;

/** Phones: 1 exact (or the same number without its country), 2 one digit off, 3 different. The answer is overwritten by the next call. */
export function phoneComparer({ rows, values, words }: TableArrays): Compare {
  const best: ValueAgreement = { level: 0, value: 0 };
  return (a, b) => {
    best.level = 0;
    best.value = 0;
    for (let one = rows[a * ROW + field.phones] as number; one < (rows[a * ROW + field.emails] as number); one += 1) {
      for (let other = rows[b * ROW + field.phones] as number; other < (rows[b * ROW + field.emails] as number); other += 1) {
        const left = values[one] as number;
        const right = values[other] as number;
        if (left === 0 || right === 0) continue;
        offer(best, left === right ? 1 : phoneLevel(words, left, right), left);
      }
    }
    return best;
  };
}

/** E-mails: 1 exact, 2 the same local part, 3 a local part close to it, 4 different. */
export function emailComparer({ rows, values, words }: TableArrays): Compare {
  const best: ValueAgreement = { level: 0, value: 0 };
  return (a, b) => {
    best.level = 0;
    best.value = 0;
    for (let one = rows[a * ROW + field.emails] as number; one < (rows[a * ROW + field.identifiers] as number); one += 2) {
      for (let other = rows[b * ROW + field.emails] as number; other < (rows[b * ROW + field.identifiers] as number); other += 2) {
        const left = values[one] as number;
        const right = values[other] as number;
        if (left === 0 || right === 0) continue;
        const leftLocal = values[one + 1] as number;
        const rightLocal = values[other + 1] as number;
        offer(best, left === right ? 1 : leftLocal === rightLocal ? 2 : isClose(words, leftLocal, rightLocal) ? 3 : 4, left);
      }
    }
    return best;
  };
}

/** Identifiers: 1 exact, 2 one slip, 3 different; those of different types say something only when they are equal. */
export function identifierComparer({ rows, values, words }: TableArrays): Compare {
  const best: ValueAgreement = { level: 0, value: 0 };
  return (a, b) => {
    best.level = 0;
    best.value = 0;
    for (let one = rows[a * ROW + field.identifiers] as number; one < (rows[a * ROW + field.end] as number); one += 3) {
      for (let other = rows[b * ROW + field.identifiers] as number; other < (rows[b * ROW + field.end] as number); other += 3) {
        const left = values[one + 1] as number;
        const right = values[other + 1] as number;
        if (left === 0 || right === 0) continue;
        if (left === right) offer(best, 1, left);
        else if (values[one] === values[other]) offer(best, isOneOff(words, left, right) ? 2 : 3, left);
      }
    }
    return best;
  };
}

/** Whether both have verified identifiers of one exclusive type and none of them in common: such two are never one. */
export function conflictFinder({ rows, values }: TableArrays, isExclusive: (type: number) => boolean): (a: number, b: number) => boolean {
  return (a, b) => {
    let differing = 0;
    for (let one = rows[a * ROW + field.identifiers] as number; one < (rows[a * ROW + field.end] as number); one += 3) {
      const type = values[one] as number;
      if (values[one + 2] === 0 || values[one + 1] === 0 || !isExclusive(type)) continue;
      for (let other = rows[b * ROW + field.identifiers] as number; other < (rows[b * ROW + field.end] as number); other += 3) {
        if (values[other] !== type || values[other + 2] === 0 || values[other + 1] === 0) continue;
        if (values[other + 1] === values[one + 1]) return false;
        differing += 1;
      }
    }
    return differing > 0;
  };
}

function offer(best: ValueAgreement, level: number, value: number): void {
  if (best.level !== 0 && level >= best.level) return;
  best.level = level;
  best.value = value;
}

type Words = TableArrays["words"];

function phoneLevel(words: Words, a: number, b: number): number {
  if (!mayBeNear(words.ends[a] as number, words.ends[b] as number)) return 3;
  return endsAlike(words, a, b) ? 1 : isOneOff(words, a, b) ? 2 : 3;
}

function isOneOff({ units, from, length, ends }: Words, a: number, b: number): boolean {
  if (!mayBeNear(ends[a] as number, ends[b] as number)) return false;
  return isOneSlip(units, from[a] as number, length[a] as number, from[b] as number, length[b] as number);
}

function isClose({ units, from, length, letters }: Words, a: number, b: number): boolean {
  const la = length[a] as number;
  const lb = length[b] as number;
  if (jaroAtMost(letters[a] as number, la, letters[b] as number, lb) < LOCAL_BOUND) return false;
  return jaroWinkler(units, from[a] as number, la, from[b] as number, lb) >= LOCAL_CLOSE_FROM;
}

function endsAlike({ units, from, length }: Words, a: number, b: number): boolean {
  const la = length[a] as number;
  const lb = length[b] as number;
  if (la < SUFFIX_DIGITS || lb < SUFFIX_DIGITS) return false;
  for (let back = 1; back <= SUFFIX_DIGITS; back += 1) {
    if (units[(from[a] as number) + la - back] !== units[(from[b] as number) + lb - back]) return false;
  }
  return true;
}
