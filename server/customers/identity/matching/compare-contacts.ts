import type { TableArrays } from "./record-table.ts";
import { isOneSlip, jaroAtMost, jaroWinkler } from "./similarity.ts";

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
export function phoneComparer({ phones, phonesFrom, words }: TableArrays): Compare {
  const best: ValueAgreement = { level: 0, value: 0 };
  return (a, b) => {
    best.level = 0;
    best.value = 0;
    for (let one = phonesFrom[a] as number; one < (phonesFrom[a + 1] as number); one += 1) {
      for (let other = phonesFrom[b] as number; other < (phonesFrom[b + 1] as number); other += 1) {
        const left = phones[one] as number;
        const right = phones[other] as number;
        if (left === 0 || right === 0) continue;
        offer(best, left === right || endsAlike(words, left, right) ? 1 : isOneOff(words, left, right) ? 2 : 3, left);
      }
    }
    return best;
  };
}

/** E-mails: 1 exact, 2 the same local part, 3 a local part close to it, 4 different. */
export function emailComparer({ emails, emailsFrom, words }: TableArrays): Compare {
  const best: ValueAgreement = { level: 0, value: 0 };
  return (a, b) => {
    best.level = 0;
    best.value = 0;
    for (let one = emailsFrom[a] as number; one < (emailsFrom[a + 1] as number); one += 2) {
      for (let other = emailsFrom[b] as number; other < (emailsFrom[b + 1] as number); other += 2) {
        const left = emails[one] as number;
        const right = emails[other] as number;
        if (left === 0 || right === 0) continue;
        const leftLocal = emails[one + 1] as number;
        const rightLocal = emails[other + 1] as number;
        offer(best, left === right ? 1 : leftLocal === rightLocal ? 2 : isClose(words, leftLocal, rightLocal) ? 3 : 4, left);
      }
    }
    return best;
  };
}

/** Identifiers: 1 exact, 2 one slip, 3 different; those of different types say something only when they are equal. */
export function identifierComparer({ identifiers, identifiersFrom, words }: TableArrays): Compare {
  const best: ValueAgreement = { level: 0, value: 0 };
  return (a, b) => {
    best.level = 0;
    best.value = 0;
    for (let one = identifiersFrom[a] as number; one < (identifiersFrom[a + 1] as number); one += 3) {
      for (let other = identifiersFrom[b] as number; other < (identifiersFrom[b + 1] as number); other += 3) {
        const left = identifiers[one + 1] as number;
        const right = identifiers[other + 1] as number;
        if (left === 0 || right === 0) continue;
        if (left === right) offer(best, 1, left);
        else if (identifiers[one] === identifiers[other]) offer(best, isOneOff(words, left, right) ? 2 : 3, left);
      }
    }
    return best;
  };
}

/** Whether both have verified identifiers of one exclusive type and none of them in common: such two are never one. */
export function conflictFinder(
  { identifiers, identifiersFrom }: TableArrays,
  isExclusive: (type: number) => boolean,
): (a: number, b: number) => boolean {
  return (a, b) => {
    let differing = 0;
    for (let one = identifiersFrom[a] as number; one < (identifiersFrom[a + 1] as number); one += 3) {
      const type = identifiers[one] as number;
      if (identifiers[one + 2] === 0 || identifiers[one + 1] === 0 || !isExclusive(type)) continue;
      for (let other = identifiersFrom[b] as number; other < (identifiersFrom[b + 1] as number); other += 3) {
        if (identifiers[other] !== type || identifiers[other + 2] === 0 || identifiers[other + 1] === 0) continue;
        if (identifiers[other + 1] === identifiers[one + 1]) return false;
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

function isOneOff({ units, from, length }: Words, a: number, b: number): boolean {
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
