import { isBareParticle, type NameUnit, nameUnits } from "./name-units.ts";
import { joinedPinyin, soundSoFar, wordSounds } from "./word-terms.ts";
import { foldedWords } from "./words.ts";

export interface QueryTerm {
  /** The folded word (or joined name) as typed. */
  readonly term: string;
  /** The term and all alternatives are looked for as beginnings of stored terms. Sounds end themselves where they must match whole. */
  readonly prefix: boolean;
  /** Other spellings and sounds of the same name: any of them is as good as the term. */
  readonly alternatives: string[];
}

/** More words than this do not narrow a search any further. */
const QUERY_WORDS_MAX = 12;

/**
 * What a search for a name looks up among nameTerms: every entry must be found (AND), each by its term or any alternative (OR). One entry per name typed, at most 12;
 * particles are left out unless they come last, where they may be the beginning of a word.
 */
export function queryTerms(text: string): QueryTerm[] {
  const units = nameUnits(foldedWords(text).slice(0, QUERY_WORDS_MAX));
  const last = units.length - 1;
  return units.filter((unit, at) => at === last || !unit.isParticle).map((unit) => entryOf(unit, unit === units[last]));
}

function entryOf(unit: NameUnit, isLast: boolean): QueryTerm {
  const written = unit.words.length === 1 ? (unit.words[0] ?? unit.key) : unit.key;
  const spellings = [written, unit.key];
  if (unit.withArticle !== null) {
    spellings.push(unit.withArticle);
  }
  if (unit.script === "chinese") {
    spellings.push(joinedPinyin(unit.key));
  }
  const heard = unit.script === "chinese" ? [unit.key] : [...new Set(spellings)].filter((spelling) => !isBareParticle(spelling));
  const sounds = heard.flatMap(wordSounds);
  const alternatives = new Set([...spellings, ...(isLast ? sounds.map(soundSoFar) : sounds)]);
  alternatives.delete(written);
  return { term: written, prefix: true, alternatives: [...alternatives] };
}
