import { fold } from "./fold.ts";

/** A name longer than this is no name; what follows is not indexed. */
const NAME_CHARACTERS_MAX = 400;
const WORDS_MAX = 24;

const IDEOGRAPHS = /[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const RUNS = /[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+|[^\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;

export type Script = "latin" | "arabic" | "chinese" | "other";

/** By the first letter: a folded word is of one script but for rare mixtures. */
export function scriptOf(word: string): Script {
  const code = word.codePointAt(0) ?? 0;
  if (code >= 0x61 && code <= 0x7a) {
    return "latin";
  }
  if (code >= 0x0620 && code <= 0x06ff) {
    return "arabic";
  }
  return code >= 0x3400 && IDEOGRAPHS.test(String.fromCodePoint(code)) ? "chinese" : "other";
}

/** The folded words of a text in order, at most 24; a run of Chinese characters is one word. */
export function foldedWords(text: string): string[] {
  const folded = fold(text.length > NAME_CHARACTERS_MAX ? text.slice(0, NAME_CHARACTERS_MAX) : text);
  if (folded === "") {
    return [];
  }
  const words = folded.split(" ");
  const parted = IDEOGRAPHS.test(folded) ? words.flatMap((word) => word.match(RUNS) ?? []) : words;
  return parted.length > WORDS_MAX ? parted.slice(0, WORDS_MAX) : parted;
}
