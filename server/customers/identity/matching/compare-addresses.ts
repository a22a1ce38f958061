import { alike, type CompareWords } from "./compare-words.ts";
import { field, ROW, type TableArrays } from "./record-table.ts";
import { isOneSlip } from "./similarity.ts";

export interface PlaceAgreement {
  /** 0 missing, 1 postcode and city to 6 different. */
  level: number;
  /** The postal code or the city that agrees. */
  postcode: number;
  city: number;
}

export interface AddressComparer {
  /** 0 missing, 1 same to 5 different; the dearer of the two. */
  readonly street: (a: number, b: number) => number;
  /** The best level that `street` can give, by the house numbers alone; 0 when one has no address. */
  readonly streetAtBest: (a: number, b: number) => number;
  /** One object, overwritten by the next call. */
  readonly place: (a: number, b: number) => PlaceAgreement;
}

const HALF = 0.5;

/** Compares all addresses of two records; street and place each at their best. */
export function addressComparer(table: TableArrays, compareWords: CompareWords): AddressComparer {
  const { rows, values, words } = table;
  const best: PlaceAgreement = { level: 0, postcode: 0, city: 0 };

  function shareOfWords(aFrom: number, aCount: number, bFrom: number, bCount: number): number {
    if (aCount > bCount) return shareOfWords(bFrom, bCount, aFrom, aCount);
    let found = 0;
    for (let i = 0; i < aCount; i += 1) {
      for (let j = 0; j < bCount; j += 1) {
        const level = compareWords(values[aFrom + i] as number, values[bFrom + j] as number);
        if (level !== alike.none && level <= alike.sound) {
          found += 1;
          break;
        }
      }
    }
    return found / aCount;
  }

  function streetLevel(a: number, b: number): number {
    const aNumber = values[a] as number;
    const bNumber = values[b] as number;
    const aWords = values[a + 3] as number;
    const bWords = values[b + 3] as number;
    const hasNumbers = aNumber !== 0 && bNumber !== 0;
    if (aWords === 0 || bWords === 0) return hasNumbers && aWords + bWords === 0 ? (aNumber === bNumber ? 4 : 5) : 0;
    const share = shareOfWords(a + 4, aWords, b + 4, bWords);
    if (share >= HALF) {
      if (hasNumbers && aNumber === bNumber) return share === 1 ? 1 : 2;
      // A house without number, or a name of its own.
      return !hasNumbers && share === 1 ? 2 : 3;
    }
    return share > 0 && hasNumbers && aNumber === bNumber ? 4 : 5;
  }

  function placeLevel(a: number, b: number): number {
    const postcode = postcodeLevel(values[a + 1] as number, values[b + 1] as number);
    const city = compareWords(values[a + 2] as number, values[b + 2] as number);
    const isSameCity = city !== alike.none && city <= alike.sound;
    if (postcode === SAME) return isSameCity ? 1 : 2;
    if (isSameCity) return postcode === OTHER && city === alike.exact ? 4 : 3;
    if (postcode === CLOSE || city === alike.far) return 5;
    return postcode === 0 && city === alike.none ? 0 : 6;
  }

  function postcodeLevel(a: number, b: number): number {
    if (a === 0 || b === 0) return 0;
    if (a === b) return SAME;
    return isOneSlip(words.units, words.from[a] as number, words.length[a] as number, words.from[b] as number, words.length[b] as number)
      ? CLOSE
      : OTHER;
  }

  return {
    street: bestLevel(table, streetLevel),
    streetAtBest: bestLevel(table, (a, b) => levelByNumber(values[a] as number, values[b] as number)),
    place(a, b) {
      best.level = 0;
      best.postcode = 0;
      best.city = 0;
      for (
        let one = rows[a * ROW + field.addresses] as number;
        one < (rows[a * ROW + field.phones] as number);
        one += 4 + (values[one + 3] as number)
      ) {
        for (
          let other = rows[b * ROW + field.addresses] as number;
          other < (rows[b * ROW + field.phones] as number);
          other += 4 + (values[other + 3] as number)
        ) {
          const level = placeLevel(one, other);
          if (level === 0 || (best.level !== 0 && level >= best.level)) continue;
          best.level = level;
          best.postcode = level <= 2 ? (values[one + 1] as number) : 0;
          best.city = level === 3 || level === 4 ? (values[one + 2] as number) : 0;
        }
      }
      return best;
    },
  };
}

const SAME = 1;
const CLOSE = 2;
const OTHER = 3;

/** The level over all addresses of two records that comes first; 0 when there is none. */
function bestLevel({ rows, values }: TableArrays, levelOf: (a: number, b: number) => number): (a: number, b: number) => number {
  return (a, b) => {
    let best = 0;
    for (let one = rows[a * ROW + field.addresses] as number; one < (rows[a * ROW + field.phones] as number); ) {
      for (let other = rows[b * ROW + field.addresses] as number; other < (rows[b * ROW + field.phones] as number); ) {
        const level = levelOf(one, other);
        if (level !== 0 && (best === 0 || level < best)) best = level;
        other += 4 + (values[other + 3] as number);
      }
      one += 4 + (values[one + 3] as number);
    }
    return best;
  };
}

/** The best that two streets can reach with these house numbers. */
function levelByNumber(number: number, other: number): number {
  return number === 0 || other === 0 ? 2 : number === other ? 1 : 3;
}
