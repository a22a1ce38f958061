import { groupsWords, nameUnits, withoutArticle } from "./name-units.ts";
import { foldedWords, scriptOf } from "./words.ts";

/**
 * The words of a name for comparing, folded, in the order written: articles and particles (al-, ال, bin, de la, van) dropped unless nothing else is there,
 * parts of one name joined (عبد الله, Abd al-Rahman, Nour ad-Din, Mc Donald). A run of Chinese characters is one word. At most 24.
 */
export function nameWords(text: string): string[] {
  const words = foldedWords(text);
  if (!words.some(groupsWords)) {
    return words.map((word) => withoutArticle(word, scriptOf(word)));
  }
  const named = nameUnits(words).filter((unit) => !unit.isParticle);
  return named.length === 0 ? words : named.map((unit) => unit.key);
}
