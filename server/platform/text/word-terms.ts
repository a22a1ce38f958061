import { arabicSkeletons } from "./arabic-skeleton.ts";
import { surnameLength, syllables } from "./chinese.ts";
import { chineseEarSkeletons, syllableSkeletons } from "./chinese-skeleton.ts";
import { latinSkeletons } from "./latin-skeleton.ts";
import { withoutArticle } from "./name-units.ts";
import { remembered } from "./remembered.ts";
import { scriptOf } from "./words.ts";

/*
 * The marks of terms that are sounds, not spellings: no folded word holds them. A sound term ends in a full stop, so that looking for "~al." by prefix finds
 * the whole skeleton only, and "~mhm" finds also longer ones.
 */
const SOUND = "~";
const CHINESE_SOUND = "=";
const END = ".";

const WORD_CHARACTERS_MAX = 64;
const RUN_CHARACTERS_MAX = 40;

/** All terms one folded word is found by: itself, its sounds, and the name within it where an article or Abd- is written together. */
export const wordTerms = remembered((word): readonly string[] => {
  if (word.length > WORD_CHARACTERS_MAX) {
    return [word.slice(0, WORD_CHARACTERS_MAX)];
  }
  const spellings = [word, ...innerNames(word)];
  return [...new Set([...spellings, ...spellings.flatMap(wordSounds)])];
});

/** The marked sound skeletons of one folded word, whole (with the full stop at the end). */
export const wordSounds = remembered((word): readonly string[] => {
  switch (scriptOf(word)) {
    case "latin":
      return [...mark(SOUND, latinSkeletons(word)), ...mark(CHINESE_SOUND, chineseEarSkeletons(word))];
    case "arabic":
      return mark(SOUND, arabicSkeletons(word));
    case "chinese":
      return mark(CHINESE_SOUND, syllableSkeletons(syllables(word.slice(0, RUN_CHARACTERS_MAX))));
    default:
      return [];
  }
});

const SOUND_PREFIX_LETTERS_MIN = 3;

/** A sound as it is looked for while its word is still being typed: long enough ones match what they begin. */
export function soundSoFar(sound: string): string {
  return sound.startsWith(SOUND) && sound.length - 2 >= SOUND_PREFIX_LETTERS_MIN ? sound.slice(0, -1) : sound;
}

/** Terms of a run of Chinese characters: every suffix (so that any part is found by prefix), and pinyin: joined from every character on, given name first, initials. */
export function chineseTerms(whole: string): string[] {
  const run = whole.slice(0, RUN_CHARACTERS_MAX);
  const pinyin = syllables(run);
  const terms: string[] = [];
  let joined = "";
  for (let at = pinyin.length - 1; at >= 0; at -= 1) {
    joined = (pinyin[at] ?? "") + joined;
    terms.push(run.slice(at), joined);
  }
  const surname = surnameLength(run);
  if (surname > 0) {
    const [family, given] = [pinyin.slice(0, surname).join(""), pinyin.slice(surname).join("")];
    terms.push(family, given + family, ...pinyin);
  }
  if (pinyin.length > 1) {
    terms.push(pinyin.map((syllable) => syllable.charAt(0)).join(""));
  }
  if (joined.includes("v")) {
    terms.push(...terms.filter((term) => term.includes("v")).map((term) => term.replaceAll("v", "u")));
  }
  terms.push(...mark(CHINESE_SOUND, syllableSkeletons(pinyin)));
  return terms;
}

/** The joined toneless pinyin of a run, as a Latin spelling of it. */
export function joinedPinyin(run: string): string {
  return syllables(run.slice(0, RUN_CHARACTERS_MAX)).join("");
}

const ABD_LATIN = /^abd(?:ul|el|al|ol|ur|ar|er|or)?([bcdfghjklmnqrstvwxyz][a-z]{3,})$/;
const ARTICLE_LATIN = /^(?:al|el)([bcdfghjkmnqrstvwxyz][a-z]{3,})$/;
const ABD_ARABIC = /^عبدال(.{3,})$/;

/** Rahman in Abdulrahman, Rajhi in Alrajhi, راجحي in الراجحي. */
function innerNames(word: string): string[] {
  const script = scriptOf(word);
  const inner =
    script === "latin" ? (ABD_LATIN.exec(word) ?? ARTICLE_LATIN.exec(word)) : script === "arabic" ? ABD_ARABIC.exec(word) : null;
  if (inner?.[1] !== undefined) {
    return [inner[1]];
  }
  const bare = withoutArticle(word, script);
  return bare === word ? [] : [bare];
}

function mark(sign: string, skeletons: readonly string[]): string[] {
  return skeletons.map((skeleton) => sign + skeleton + END);
}
