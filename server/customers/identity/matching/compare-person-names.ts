import { alike, type CompareWords, isNumber } from "./compare-words.ts";
import { field, ROW, type TableArrays } from "./record-table.ts";

/** How the given and the family names of two people agree, and by which word: the rarer it is, the more that says. */
export interface NameAgreement {
  given: number;
  family: number;
  /** Word of either record behind the level; 0 where nothing agrees. */
  givenWords: [number, number];
  familyWords: [number, number];
}

// What a level counts for when forms of names compete; index is the level. Missing is worth a little more than different.
const worth = [2, 10, 8, 7, 4, 2.5, 0];

/**
 * Compares the best pair of forms. Given and family name may have changed places, words may stand in any order, parts may be missing.
 * The answer is one object, overwritten by the next call.
 */
export function personNameComparer(table: TableArrays, compareWords: CompareWords): (a: number, b: number) => NameAgreement {
  const { rows, values } = table;
  const best: NameAgreement = { given: 0, family: 0, givenWords: [0, 0], familyWords: [0, 0] };
  const part: PartAgreement = { level: 0, a: 0, b: 0 };
  const comparePart = partComparer(table, compareWords, part);

  function offer(given: number, givenA: number, givenB: number): void {
    best.given = given;
    best.givenWords[0] = givenA;
    best.givenWords[1] = givenB;
    best.family = part.level;
    best.familyWords[0] = part.a;
    best.familyWords[1] = part.b;
  }

  function compareForms(a: number, b: number, reached: number): number {
    const aGiven = (values[a] as number) & 0xff;
    const aFamily = (values[a] as number) >> 8;
    const bGiven = (values[b] as number) & 0xff;
    const bFamily = (values[b] as number) >> 8;
    let top = reached;
    comparePart(a + 1, aGiven, b + 1, bGiven);
    const given = part.level;
    const givenA = part.a;
    const givenB = part.b;
    comparePart(a + 1 + aGiven, aFamily, b + 1 + bGiven, bFamily);
    const straight = (worth[given] as number) + (worth[part.level] as number);
    if (straight > top) {
      top = straight;
      offer(given, givenA, givenB);
    }
    if (given === alike.exact && part.level === alike.exact) return top;
    comparePart(a + 1, aGiven, b + 1 + bGiven, bFamily);
    const first = part.level;
    const firstA = part.a;
    const firstB = part.b;
    comparePart(a + 1 + aGiven, aFamily, b + 1, bGiven);
    const crossed = (worth[first] as number) + (worth[part.level] as number);
    // A given name that equals the other's family name is rarer than a slip: crossing must be clearly better.
    if (crossed > top + CROSSING_COST) {
      top = crossed;
      offer(first, firstA, firstB);
    }
    return top;
  }

  return (a, b) => {
    part.level = alike.none;
    part.a = 0;
    part.b = 0;
    offer(alike.none, 0, 0);
    let reached = -1;
    for (
      let one = rows[a * ROW + field.names] as number;
      one < (rows[a * ROW + field.addresses] as number);
      one += sizeOf(values[one] as number)
    ) {
      for (
        let other = rows[b * ROW + field.names] as number;
        other < (rows[b * ROW + field.addresses] as number);
        other += sizeOf(values[other] as number)
      ) {
        reached = compareForms(one, other, reached);
      }
    }
    return best;
  };
}

const CROSSING_COST = 3;

function sizeOf(header: number): number {
  return 1 + (header & 0xff) + (header >> 8);
}

interface PartAgreement {
  level: number;
  a: number;
  b: number;
}

/** Compares words from one place on with words from another, into `part`. */
function partComparer({ values, words }: TableArrays, compareWords: CompareWords, part: PartAgreement) {
  /** One part of a name against another: words of the shorter one are looked for in the longer one, in any order. */
  function comparePart(aFrom: number, aCount: number, bFrom: number, bCount: number): void {
    part.a = 0;
    part.b = 0;
    if (aCount === 0 || bCount === 0) {
      part.level = alike.none;
    } else if (aCount === 1 && bCount === 1) {
      part.a = values[aFrom] as number;
      part.b = values[bFrom] as number;
      part.level = compareWords(part.a, part.b);
    } else if (aCount <= bCount) {
      compareWithin(aFrom, aCount, bFrom, bCount);
    } else {
      compareWithin(bFrom, bCount, aFrom, aCount);
    }
  }

  function compareWithin(shortFrom: number, shortCount: number, longFrom: number, longCount: number): void {
    let best: number = alike.different;
    let worst = 0;
    let isComparable = false;
    let isNumberedApart = false;
    for (let i = 0; i < shortCount; i += 1) {
      const word = values[shortFrom + i] as number;
      let level: number = alike.different;
      for (let j = 0; j < longCount && level !== alike.exact; j += 1) {
        const found = compareWords(word, values[longFrom + j] as number);
        if (found === alike.none) continue;
        isComparable = true;
        if (found >= level) continue;
        level = found;
        if (found < best) {
          best = found;
          part.a = word;
          part.b = values[longFrom + j] as number;
        }
      }
      if (level > worst) worst = level;
      if (level === alike.different && isNumber(words, word) && hasNumber(longFrom, longCount)) isNumberedApart = true;
    }
    // One word agrees, another of the shorter name is nowhere in the longer one: no more than far.
    part.level = !isComparable
      ? alike.none
      : isNumberedApart
        ? alike.different
        : worst === alike.different && best < alike.far
          ? alike.far
          : best;
  }

  function hasNumber(from: number, count: number): boolean {
    for (let place = from; place < from + count; place += 1) if (isNumber(words, values[place] as number)) return true;
    return false;
  }

  return comparePart;
}
