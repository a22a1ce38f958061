import { groupsWords, isBareParticle, nameUnits } from "./name-units.ts";
import { remembered } from "./remembered.ts";
import { chineseTerms, wordTerms } from "./word-terms.ts";
import { foldedWords, scriptOf } from "./words.ts";

interface WordFacts {
  readonly terms: readonly string[];
  readonly isPlain: boolean;
  readonly isPinyin: boolean;
}

/** A plain word is one that is stored under the same terms whatever stands beside it. */
const factsOf = remembered((word): WordFacts => {
  const isChinese = scriptOf(word) === "chinese";
  return { terms: isChinese ? [] : wordTerms(word), isPlain: !(isChinese || groupsWords(word)), isPinyin: isPinyin(word) };
});

/**
 * All terms a name is stored under, without repeats: its folded words and names (joined, without article), for Chinese every suffix and pinyin in both orders, and
 * sound skeletons marked `~` (Latin with Arabic script) or `=` (Latin with Chinese). Look them up with queryTerms, by prefix. At most 24 words are read.
 */
export function nameTerms(text: string): string[] {
  const words = foldedWords(text);
  const terms: string[] = [];
  if (!words.every((word) => addPlain(terms, factsOf(word)))) {
    return groupedTerms(words);
  }
  return words.length > 1 && words.length <= 3 && words.every((word) => factsOf(word).isPinyin)
    ? [...new Set([...terms, ...joinedPinyinWords(words)])]
    : terms;
}

/** Adds the terms of a plain word that are not there yet; names are short, so that looking through them beats a set. False when the word is not plain. */
function addPlain(terms: string[], facts: WordFacts): boolean {
  if (facts.isPlain) {
    const first = terms.length === 0;
    for (const term of facts.terms) {
      if (first || !terms.includes(term)) {
        terms.push(term);
      }
    }
  }
  return facts.isPlain;
}

function groupedTerms(words: readonly string[]): string[] {
  const terms: string[] = [];
  for (const unit of nameUnits(words)) {
    if (unit.script === "chinese") {
      terms.push(...chineseTerms(unit.key));
      continue;
    }
    // Articles and particles are found as typed, not by sound: "al" sounds like Ali.
    for (const word of unit.words) {
      terms.push(...(isBareParticle(word) ? [word] : wordTerms(word)));
    }
    if (unit.words.length > 1) {
      terms.push(...wordTerms(unit.key), ...(unit.withArticle === null ? [] : wordTerms(unit.withArticle)));
    }
  }
  return [...new Set(terms)];
}

const PINYIN_WORD_CHARACTERS_MAX = 18;
const PINYIN_WORD =
  /^(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ian|iao|ing|ong|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v))+$/;

function isPinyin(word: string): boolean {
  return word.length <= PINYIN_WORD_CHARACTERS_MAX && PINYIN_WORD.test(word);
}

/** Wang Xiaoming is written in one word and in either order; a Chinese query for it comes as one joined word. */
function joinedPinyinWords(words: readonly string[]): string[] {
  return [words, [...words.slice(1), ...words.slice(0, 1)], [...words.slice(-1), ...words.slice(0, -1)]].map((order) => order.join(""));
}
