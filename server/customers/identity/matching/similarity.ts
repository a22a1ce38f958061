/** Words longer than this are compared by their first 32 code units. */
export const UNITS_MAX = 32;

// Where each code unit stands in the second word, as bits; cleared after every call by walking that word again.
const places = new Uint32Array(65_536);

const WINKLER_PREFIX_MAX = 4;
const WINKLER_SCALE = 0.1;
const WINKLER_FROM = 0.7;

/** Jaro-Winkler of two words of at most 32 code units, 0 to 1: one bit operation per unit in place of an inner loop. */
export function jaroWinkler(units: Uint16Array, aFrom: number, aLength: number, bFrom: number, bLength: number): number {
  const la = Math.min(aLength, UNITS_MAX);
  const lb = Math.min(bLength, UNITS_MAX);
  if (la === 0 || lb === 0) return la === lb ? 1 : 0;
  for (let at = 0; at < lb; at += 1) {
    const unit = units[bFrom + at] as number;
    places[unit] = (places[unit] as number) | (1 << at);
  }
  const reach = Math.max(0, (Math.max(la, lb) >> 1) - 1);
  let inA = 0;
  let inB = 0;
  let matches = 0;
  for (let at = 0; at < la; at += 1) {
    const low = at > reach ? at - reach : 0;
    const high = at + reach + 1;
    // Shifts wrap at 32: the whole word is -1, not 1 << 32.
    const window = (high >= 32 ? -1 : (1 << high) - 1) & (low >= 32 ? 0 : -1 << low);
    const free = (places[units[aFrom + at] as number] as number) & window & ~inB;
    if (free !== 0) {
      inA |= 1 << at;
      inB |= free & -free;
      matches += 1;
    }
  }
  for (let at = 0; at < lb; at += 1) places[units[bFrom + at] as number] = 0;
  if (matches === 0) return 0;
  const crossed = crossings(units, aFrom, inA, bFrom, inB);
  const jaro = (matches / la + matches / lb + (matches - crossed / 2) / matches) / 3;
  if (jaro <= WINKLER_FROM) return jaro;
  let prefix = 0;
  while (prefix < WINKLER_PREFIX_MAX && prefix < la && prefix < lb && units[aFrom + prefix] === units[bFrom + prefix]) prefix += 1;
  return jaro + prefix * WINKLER_SCALE * (1 - jaro);
}

/** How many matched units stand at another place in order. */
function crossings(units: Uint16Array, aFrom: number, aBits: number, bFrom: number, bBits: number): number {
  let crossed = 0;
  let left = aBits;
  let right = bBits;
  while (left !== 0) {
    const a = 31 - Math.clz32(left & -left);
    const b = 31 - Math.clz32(right & -right);
    if (units[aFrom + a] !== units[bFrom + b]) crossed += 1;
    left &= left - 1;
    right &= right - 1;
  }
  return crossed;
}

/** Optimal string alignment distance (insert, delete, replace, exchange neighbours) of two words of at most 32 code units; Hyyrö 2003. */
export function osaDistance(units: Uint16Array, aFrom: number, aLength: number, bFrom: number, bLength: number): number {
  const la = Math.min(aLength, UNITS_MAX);
  const lb = Math.min(bLength, UNITS_MAX);
  if (la === 0) return lb;
  for (let at = 0; at < la; at += 1) {
    const unit = units[aFrom + at] as number;
    places[unit] = (places[unit] as number) | (1 << at);
  }
  const last = 1 << (la - 1);
  let distance = la;
  let up = -1;
  let down = 0;
  let diagonal = 0;
  let before = 0;
  for (let at = 0; at < lb; at += 1) {
    const here = (places[units[bFrom + at] as number] as number) | 0;
    const exchanged = ((~diagonal & here) << 1) & before;
    diagonal = (((here & up) + up) ^ up) | here | down | exchanged;
    let right = down | ~(diagonal | up);
    const rightDown = diagonal & up;
    if ((right & last) !== 0) distance += 1;
    if ((rightDown & last) !== 0) distance -= 1;
    right = (right << 1) | 1;
    up = (rightDown << 1) | ~(diagonal | right);
    down = right & diagonal;
    before = here;
  }
  for (let at = 0; at < la; at += 1) places[units[aFrom + at] as number] = 0;
  return distance;
}

/** Whether the distance is exactly one: told from the first places that differ, without looking at the rest of most pairs. */
export function isOneSlip(units: Uint16Array, aFrom: number, aLength: number, bFrom: number, bLength: number): boolean {
  if (aLength > bLength) return isOneSlip(units, bFrom, bLength, aFrom, aLength);
  if (bLength - aLength > 1) return false;
  let at = 0;
  while (at < aLength && units[aFrom + at] === units[bFrom + at]) at += 1;
  if (aLength < bLength) return isSame(units, aFrom + at, bFrom + at + 1, aLength - at);
  if (at === aLength) return false;
  if (isSame(units, aFrom + at + 1, bFrom + at + 1, aLength - at - 1)) return true;
  return (
    at + 1 < aLength &&
    units[aFrom + at] === units[bFrom + at + 1] &&
    units[aFrom + at + 1] === units[bFrom + at] &&
    isSame(units, aFrom + at + 2, bFrom + at + 2, aLength - at - 2)
  );
}

function isSame(units: Uint16Array, aFrom: number, bFrom: number, length: number): boolean {
  for (let at = 0; at < length; at += 1) {
    if (units[aFrom + at] !== units[bFrom + at]) return false;
  }
  return true;
}

/** No Jaro similarity can be above this, given which letters (as bits) two words are made of: letters the other has not are never matched. */
export function jaroAtMost(aLetters: number, aLength: number, bLetters: number, bLength: number): number {
  const matches = Math.min(aLength - bitsIn(aLetters & ~bLetters), bLength - bitsIn(bLetters & ~aLetters));
  return matches <= 0 ? 0 : (matches / aLength + matches / bLength + 1) / 3;
}

function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
