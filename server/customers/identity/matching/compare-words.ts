import { isOneSlip, jaroAtMost, jaroWinkler, osaDistance } from "./similarity.ts";
import { SOUNDS_PER_WORD, scripts, type WordArrays } from "./word-pool.ts";

/** How alike two words of names are; lower is better. `none`: one is missing, or no sound is common to their scripts. */
export const alike = { none: 0, exact: 1, close: 2, sound: 3, initial: 4, far: 5, different: 6 } as const;

const CLOSE_FROM = 0.92;
const FAR_FROM = 0.82;
const SOUND_FROM = 0.7;
const SLIP_LENGTH_MIN = 4;
const TWO_SLIPS_LENGTH_MIN = 8;
const PREFIX_LENGTH_MIN = 3;
const CACHE_ENTRIES = 1 << 18;
// Pools hold fewer than 2^29 texts.
const ANSWER_BITS = 3;
const ANSWER = (1 << ANSWER_BITS) - 1;

export type CompareWords = (a: number, b: number) => number;

/** Whether a word consists of digits. In a name they tell apart what is called alike: "Fund 1", "Fund 2". */
export function isNumber({ units, from, length }: WordArrays, word: number): boolean {
  return isDigits(units, from[word] as number, length[word] as number);
}

/**
 * Compares words by their numbers. Most that differ are told apart by their letters; of the others it remembers the last quarter of a million answers, for
 * the same names meet again and again.
 */
export function wordComparer(words: WordArrays): CompareWords {
  const { script, length, letters } = words;
  // The lower number, and the higher one with the answer: side by side, where one look finds both.
  const remembered = new Uint32Array(CACHE_ENTRIES * 2);
  return (one, other) => {
    if (one === 0 || other === 0) return alike.none;
    if (one === other) return alike.exact;
    if (script[one] === script[other]) {
      const la = length[one] as number;
      const lb = length[other] as number;
      if (la > 1 && lb > 1 && jaroAtMost(letters[one] as number, la, letters[other] as number, lb) < SOUND_FROM) return alike.different;
    }
    const a = Math.min(one, other);
    const b = Math.max(one, other);
    const slot = (((Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 13) & (CACHE_ENTRIES - 1)) * 2;
    const known = remembered[slot + 1] as number;
    if (remembered[slot] === a && known >>> ANSWER_BITS === b) return known & ANSWER;
    // By what they are, not by which came first into the pool: similarity is not always the same both ways.
    const answer = (words.hash[a] as number) < (words.hash[b] as number) ? compareWords(words, a, b) : compareWords(words, b, a);
    remembered[slot] = a;
    remembered[slot + 1] = (b << ANSWER_BITS) | answer;
    return answer;
  };
}

function compareWords(words: WordArrays, a: number, b: number): number {
  const { units, from, length, script, letters } = words;
  if (script[a] !== script[b]) return acrossScripts(words, a, b);
  const aFrom = from[a] as number;
  const bFrom = from[b] as number;
  const la = length[a] as number;
  const lb = length[b] as number;
  const shorter = Math.min(la, lb);
  // Numbers in a name tell people apart ("Client 1000", "Client 1300"): they are the same or they are not.
  if (isDigits(units, aFrom, la) || isDigits(units, bFrom, lb)) return alike.different;
  if (shorter === 1 && script[a] !== scripts.chinese) return units[aFrom] === units[bFrom] ? alike.initial : alike.different;
  if (jaroAtMost(letters[a] as number, la, letters[b] as number, lb) < SOUND_FROM) return alike.different;
  const near = jaroWinkler(units, aFrom, la, bFrom, lb);
  if (near >= CLOSE_FROM) return alike.close;
  if (near < SOUND_FROM) return alike.different;
  if (shorter >= SLIP_LENGTH_MIN && isOneSlip(units, aFrom, la, bFrom, lb)) return alike.close;
  if (shorter >= TWO_SLIPS_LENGTH_MIN && Math.abs(la - lb) <= 2 && osaDistance(units, aFrom, la, bFrom, lb) <= 2) return alike.close;
  if (soundAlike(words, a, b, 0)) return alike.sound;
  if (near >= FAR_FROM || (shorter >= PREFIX_LENGTH_MIN && startsAlike(units, aFrom, bFrom, shorter))) return alike.far;
  return alike.different;
}

function isDigits(units: Uint16Array, from: number, length: number): boolean {
  for (let at = from; at < from + length; at += 1) {
    const unit = units[at] as number;
    if (unit < 0x30 || unit > 0x39) return false;
  }
  return true;
}

function startsAlike(units: Uint16Array, aFrom: number, bFrom: number, length: number): boolean {
  for (let at = 0; at < length; at += 1) {
    if (units[aFrom + at] !== units[bFrom + at]) return false;
  }
  return true;
}

function acrossScripts(words: WordArrays, a: number, b: number): number {
  const byArabicEar = hasSound(words, a, 0) && hasSound(words, b, 0);
  const byChineseEar = hasSound(words, a, EAR) && hasSound(words, b, EAR);
  if (!byArabicEar && !byChineseEar) return alike.none;
  if ((byArabicEar && soundAlike(words, a, b, 0)) || (byChineseEar && soundAlike(words, a, b, EAR))) return alike.sound;
  return (byArabicEar && nearlySoundAlike(words, a, b, 0)) || (byChineseEar && nearlySoundAlike(words, a, b, EAR))
    ? alike.far
    : alike.different;
}

const EAR = SOUNDS_PER_WORD / 2;

function hasSound({ sounds }: WordArrays, id: number, ear: number): boolean {
  return sounds[id * SOUNDS_PER_WORD + ear] !== 0;
}

/** Whether one reading of each sounds the same to an Arabic ear (0) or a Chinese one. */
function soundAlike({ sounds }: WordArrays, a: number, b: number, ear: number): boolean {
  const aFrom = a * SOUNDS_PER_WORD + ear;
  const bFrom = b * SOUNDS_PER_WORD + ear;
  for (let i = 0; i < EAR && sounds[aFrom + i] !== 0; i += 1) {
    for (let j = 0; j < EAR && sounds[bFrom + j] !== 0; j += 1) {
      if (sounds[aFrom + i] === sounds[bFrom + j]) return true;
    }
  }
  return false;
}

// Three consonants and the two marks around them: shorter skeletons are one slip from too many others.
const SLIPPED_SOUND_LENGTH_MIN = 5;

/** Whether the usual readings of two words are one consonant apart. */
function nearlySoundAlike({ sounds, units, from, length }: WordArrays, a: number, b: number, ear: number): boolean {
  const x = sounds[a * SOUNDS_PER_WORD + ear] as number;
  const y = sounds[b * SOUNDS_PER_WORD + ear] as number;
  if (x === 0 || y === 0) return false;
  const lx = length[x] as number;
  const ly = length[y] as number;
  return lx >= SLIPPED_SOUND_LENGTH_MIN && ly >= SLIPPED_SOUND_LENGTH_MIN && isOneSlip(units, from[x] as number, lx, from[y] as number, ly);
}
