import { readings, type Sounds } from "./skeleton.ts";

/** Folded Arabic-script consonants in the letters of latin-skeleton.ts. Persian reads ض ذ ظ as z, Arabic as d and z. */
const letters: Record<string, Sounds> = {
  ب: ["b"],
  پ: ["b"],
  ت: ["t"],
  ط: ["t"],
  ث: ["t", "s"],
  ج: ["g"],
  چ: ["C"],
  ح: ["h"],
  خ: ["x"],
  د: ["d"],
  ذ: ["d", "s"],
  ر: ["r"],
  ز: ["s"],
  ژ: ["g"],
  س: ["s"],
  ش: ["S"],
  ص: ["s"],
  ض: ["d", "s"],
  ظ: ["s"],
  غ: ["g"],
  گ: ["g"],
  ف: ["f"],
  ق: ["k"],
  ك: ["k"],
  ل: ["l"],
  م: ["m"],
  ن: ["n"],
  ه: ["h"],
};
const firstLetters: Record<string, Sounds> = { ا: ["a"], ع: ["a"], و: ["w"], ي: ["y"] };
const SUN_LETTERS = new Set("تثدذرزسشصضطظلن");

/** The consonant skeletons of one folded Arabic or Persian word, at most four. Final ه and ح fall silent, as in Fatimah and Saleh. */
export function arabicSkeletons(word: string): string[] {
  const sounds: Sounds[] = [];
  for (let at = 0; at < word.length; at += 1) {
    const letter = word.charAt(at);
    const next = word.charAt(at + 1);
    if (at > 0 && next === "" && (letter === "ه" || letter === "ح")) {
      continue;
    }
    if (letter === "ت" && next === "ش") {
      sounds.push(["C"]);
      at += 1;
    } else if (letter === "ل" && next === "ل") {
      // Allah: written twice, transliterated in one sound
    } else if (letter === "ل" && at > 2 && word.charAt(at - 1) === "ا" && SUN_LETTERS.has(next)) {
      // Abd ar-Rahman, Nur ad-Din: the article inside a name may give way to the letter after it.
      sounds.push(["l", ""]);
    } else {
      const sound = at === 0 ? (firstLetters[letter] ?? letters[letter]) : letters[letter];
      if (sound !== undefined) {
        sounds.push(sound);
      }
    }
  }
  return readings(sounds);
}
