import { alike, type CompareWords, isNumber } from "./compare-words.ts";
import { field, ROW, type TableArrays } from "./record-table.ts";

export interface OrganisationAgreement {
  /** 0 missing, else 1 exact to 5 different, as in columns.ts. */
  level: number;
  /** What the words in common tell, in bits: two rare words more than five that every second company has. */
  commonBits: number;
}

const NEARLY_FROM = 0.9;
const MOSTLY_FROM = 0.7;
const PARTLY_FROM = 0.4;
const SHORTER_SHARE_MIN = 0.5;
// A word that only sounds alike counts for less than one written the same.
const credit = [0, 1, 0.85, 0.7, 0.3, 0.4, 0];

/**
 * Compares the best pair of names of two organisations: the share of what their words tell (rare words tell more) that both have.
 * `bitsOf` gives how much a word tells. The answer is one object, overwritten by the next call.
 */
export function organisationComparer(
  table: TableArrays,
  compareWords: CompareWords,
  bitsOf: (word: number) => number,
): (a: number, b: number) => OrganisationAgreement {
  const { rows, values } = table;
  const best: OrganisationAgreement = { level: 0, commonBits: 0 };

  function compareForms(a: number, b: number): void {
    const aCount = (values[a] as number) >> 8;
    const bCount = (values[b] as number) >> 8;
    let inA = 0;
    let inB = 0;
    let common = 0;
    let isExact = aCount === bCount;
    let isComparable = false;
    let numbersLost = 0;
    let numbersInB = 0;
    for (let j = 1; j <= bCount; j += 1) {
      inB += bitsOf(values[b + j] as number);
      if (isNumber(table.words, values[b + j] as number)) numbersInB += 1;
    }
    for (let i = 1; i <= aCount; i += 1) {
      const word = values[a + i] as number;
      const bits = bitsOf(word);
      inA += bits;
      let found: number = alike.different;
      for (let j = 1; j <= bCount && found !== alike.exact; j += 1) {
        const level = compareWords(word, values[b + j] as number);
        if (level === alike.none) continue;
        isComparable = true;
        if (level < found) found = level;
      }
      if (found !== alike.exact) isExact = false;
      if (found === alike.different && isNumber(table.words, word)) numbersLost += 1;
      common += bits * (credit[found] as number);
    }
    if (!isComparable) return;
    // Both are numbered, and not alike: two funds, two clients, two stations of one chain.
    const areNumberedApart = numbersLost > 0 && numbersInB > 0;
    const level = areNumberedApart ? DIFFERENT : levelOf(isExact, common / Math.min(inA, inB), common / Math.max(inA, inB));
    if (best.level === 0 || level < best.level) {
      best.level = level;
      best.commonBits = common;
    }
  }

  return (a, b) => {
    best.level = 0;
    best.commonBits = 0;
    for (
      let one = rows[a * ROW + field.names] as number;
      one < (rows[a * ROW + field.addresses] as number);
      one += 1 + ((values[one] as number) >> 8)
    ) {
      for (
        let other = rows[b * ROW + field.names] as number;
        other < (rows[b * ROW + field.addresses] as number);
        other += 1 + ((values[other] as number) >> 8)
      ) {
        compareForms(one, other);
      }
    }
    return best;
  };
}

const DIFFERENT = 5;

function levelOf(isExact: boolean, ofShorter: number, ofLonger: number): number {
  if (isExact) return 1;
  if (ofShorter >= NEARLY_FROM && ofLonger >= SHORTER_SHARE_MIN) return 2;
  if (ofLonger >= MOSTLY_FROM || (ofShorter >= NEARLY_FROM && ofLonger >= PARTLY_FROM)) return 3;
  return ofLonger >= PARTLY_FROM || ofShorter >= MOSTLY_FROM ? 4 : DIFFERENT;
}
