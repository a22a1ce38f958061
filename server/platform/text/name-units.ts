import { type Script, scriptOf } from "./words.ts";

/** One name within a name: what it is known by, and the folded words it was written with. */
export interface NameUnit {
  /** The word for keys: without article, joined where several words make one name (عبد الله). */
  readonly key: string;
  readonly words: readonly string[];
  /** With its article, where one was written apart: "al rajhi" has "alrajhi". */
  readonly withArticle: string | null;
  readonly script: Script;
  readonly isParticle: boolean;
}

const PARTICLES = new Set("de del la las los da do dos das di du van von der den ter zu y e bin ibn bint ben بن ابن بنت ال".split(" "));
const ARTICLES = new Set("al el ul".split(" "));
// The article before a sun letter, as it is heard: ar-Rahman, ash-Shaikh.
const SUN_ARTICLES = new Map(
  Object.entries({ ar: "r", as: "s", ash: "sh", ad: "d", an: "n", at: "t", az: "z", ur: "r", us: "s", ud: "d", ed: "d", er: "r", es: "s" }),
);
// First parts that make one name with the next word.
const JOINERS = new Set("abd abdul abdel abdal abdol abu abou umm bu mc mac o عبد ابو ابا ابي ابى ام بو".split(" "));
// Last parts that make one name with the word before.
const TAILS = new Set("din deen dine eddin uddin eddine uddine aldin allah ullah الدين الله".split(" "));

const GROUPING = new Set([...PARTICLES, ...ARTICLES, ...SUN_ARTICLES.keys(), ...JOINERS, ...TAILS]);

/** Whether a word is an article or particle, never a name by itself but for Ben. */
export function isBareParticle(word: string): boolean {
  return (PARTICLES.has(word) || ARTICLES.has(word) || SUN_ARTICLES.has(word)) && word !== "ben";
}

/** Whether a word may change how its neighbours are grouped; names without such a word, the most, are grouped as they stand. */
export function groupsWords(word: string): boolean {
  return GROUPING.has(word);
}

/** Groups folded words into names. Nothing is lost: every word is in one unit. */
export function nameUnits(words: readonly string[]): NameUnit[] {
  const units: NameUnit[] = [];
  for (let at = 0; at < words.length; ) {
    const taken = takeUnit(words, at, units.at(-1));
    if (taken.joinsPrevious) {
      units.pop();
    }
    units.push(taken.unit);
    at += taken.wordCount;
  }
  return units;
}

function takeUnit(
  words: readonly string[],
  at: number,
  previous: NameUnit | undefined,
): { unit: NameUnit; wordCount: number; joinsPrevious: boolean } {
  const word = words[at] ?? "";
  const script = scriptOf(word);
  const hasArticle = isArticle(word, words[at + 1]);
  const named = words[at + (hasArticle ? 1 : 0)] ?? "";
  const wordCount = hasArticle ? 2 : 1;
  const written = words.slice(at, at + wordCount);
  if (TAILS.has(named) && previous !== undefined && !previous.isParticle && previous.script === script) {
    return { unit: unitOf(previous.words.concat(written), previous.key + written.join(""), script), wordCount, joinsPrevious: true };
  }
  if (JOINERS.has(word)) {
    const skip = isArticle(words[at + 1] ?? "", words[at + 2]) ? 2 : 1;
    const joined = words.slice(at, at + skip + 1);
    if (joined.length === skip + 1 && scriptOf(joined.at(-1) ?? "") === script) {
      return { unit: unitOf(joined, joined.join(""), script), wordCount: skip + 1, joinsPrevious: false };
    }
  }
  if (hasArticle) {
    return { unit: { ...unitOf(written, named, script), withArticle: word + named }, wordCount, joinsPrevious: false };
  }
  // Ben is a first name too.
  const isParticle = PARTICLES.has(word) && !(word === "ben" && at === 0);
  return { unit: { ...unitOf(written, withoutArticle(word, script), script), isParticle }, wordCount, joinsPrevious: false };
}

function unitOf(words: readonly string[], key: string, script: Script): NameUnit {
  return { key, words, withArticle: null, script, isParticle: false };
}

function isArticle(word: string, next: string | undefined): boolean {
  if (next === undefined || scriptOf(next) !== "latin") {
    return false;
  }
  const sun = SUN_ARTICLES.get(word);
  return ARTICLES.has(word) || (sun !== undefined && next.startsWith(sun));
}

/** المدهون without its article, where at least three letters remain; other scripts write it in too many ways to be cut off. */
export function withoutArticle(word: string, script: Script): string {
  return script === "arabic" && word.length > 4 && word.startsWith("ال") && word !== "الله" ? word.slice(2) : word;
}
