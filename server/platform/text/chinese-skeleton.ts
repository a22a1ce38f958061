import { readings, type Sounds } from "./skeleton.ts";

/*
 * How foreign names sound once written in Chinese: voiced and voiceless are one, so are r and l, f, v and w, and all sibilants. Coarser than the Arabic skeleton
 * (measured: some 30 of 12,000 names share one), therefore kept apart from it. Both sides drop a sound that repeats.
 */
const initials: Record<string, Sounds> = {
  b: ["b"],
  p: ["b"],
  m: ["m"],
  f: ["f"],
  d: ["d"],
  t: ["d"],
  n: ["n"],
  l: ["l"],
  r: ["l"],
  g: ["g"],
  k: ["g"],
  h: ["h"],
  j: ["s", "g"],
  q: ["s"],
  x: ["s"],
  zh: ["s"],
  ch: ["s"],
  sh: ["s"],
  z: ["s"],
  c: ["s"],
  s: ["s"],
  w: ["f"],
};
const letters: Record<string, Sounds> = {
  b: ["b"],
  p: ["b"],
  m: ["m"],
  f: ["f"],
  v: ["f"],
  d: ["d"],
  t: ["d"],
  n: ["n"],
  l: ["l"],
  k: ["g"],
  q: ["g"],
  s: ["s"],
  z: ["s"],
  g: ["g"],
  j: ["s"],
};
const clusters: Record<string, Sounds> = {
  tsch: ["s"],
  tch: ["s"],
  sch: ["s"],
  sh: ["s"],
  ch: ["s", "h", "g"],
  kh: ["h"],
  ph: ["f"],
  th: ["s", "d"],
  gh: ["g"],
  zh: ["s"],
  ck: ["g"],
  qu: ["g"],
  tz: ["s"],
  ts: ["s"],
  cz: ["s"],
};
const clusterStarts = new Set(Object.keys(clusters).map((cluster) => cluster[0]));
const SYLLABLE = /^(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)[a-z]*?(ng?|r)?$/;

const isVowel = (letter: string): boolean => letter !== "" && "aeiouy".includes(letter);
const withoutRepeats = (words: string[]): string[] => [...new Set(words.map((word) => word.replace(/(.)\1+/g, "$1")))];

/** The sound skeletons of a Chinese name given as pinyin syllables, at most four. */
export function syllableSkeletons(pinyin: readonly string[]): string[] {
  const sounds: Sounds[] = [];
  for (const syllable of pinyin) {
    if (syllable === "er") {
      sounds.push(sounds.length === 0 ? ["a"] : ["l"]);
      continue;
    }
    const parts = SYLLABLE.exec(syllable);
    if (parts === null) {
      continue;
    }
    const initial = parts[1] ?? "";
    if (initial === "" || initial === "y") {
      if (sounds.length === 0) {
        sounds.push(["a"]);
      }
    } else {
      sounds.push(initial === "w" && sounds.length === 0 ? ["f", "a"] : (initials[initial] ?? [""]));
    }
    if (parts[2]?.startsWith("n") === true) {
      sounds.push(["n"]);
    }
  }
  return withoutRepeats(readings(sounds));
}

/** The skeletons a folded Latin word has for a Chinese ear, at most four, comparable with syllableSkeletons. */
export function chineseEarSkeletons(word: string): string[] {
  const sounds: Sounds[] = [];
  for (let at = 0; at < word.length; ) {
    const letter = word.charAt(at);
    const cluster = clusterStarts.has(letter) ? clusterAt(word, at) : "";
    if (isVowel(letter)) {
      if (at === 0) {
        sounds.push(["a"]);
      }
    } else if (letter !== word.charAt(at + 1)) {
      sounds.push(...(cluster === "" ? soundsOf(word, at) : [clusters[cluster] ?? [""]]));
    }
    at += cluster === "" ? 1 : cluster.length;
  }
  return withoutRepeats(readings(sounds));
}

function soundsOf(word: string, at: number): Sounds[] {
  const letter = word.charAt(at);
  const next = word.charAt(at + 1);
  const beforeVowel = isVowel(next);
  switch (letter) {
    case "c":
      return [next === "e" || next === "i" || next === "y" ? ["s"] : ["g"]];
    case "g":
      return [next === "e" || next === "i" ? ["g", "s"] : ["g"]];
    case "x":
      return [["g"], ["s"]];
    case "h":
      return at === 0 || (beforeVowel && isVowel(word.charAt(at - 1))) ? [["h"]] : [];
    case "r":
      return [beforeVowel || at === 0 ? ["l"] : ["l", ""]];
    case "w":
      return [at === 0 ? ["f"] : ["f", ""]];
    case "m":
      return [beforeVowel ? ["m"] : next === "b" || next === "p" ? ["n"] : ["m", "n"]];
    default:
      return [letters[letter] ?? [""]];
  }
}

function clusterAt(word: string, at: number): string {
  for (let length = 4; length >= 2; length -= 1) {
    const cluster = word.slice(at, at + length);
    if (cluster.length === length && clusters[cluster] !== undefined) {
      return cluster;
    }
  }
  return "";
}
