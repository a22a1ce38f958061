import { readings, type Sounds } from "./skeleton.ts";

/*
 * Consonants as an Arabic or Persian writer would hear them: p is b, v is f or و, z is s, soft and hard g are one letter. Vowels are left out, but a word that
 * starts with one keeps an `a`. `C` is ch, `S` is sh, `x` is kh. Tuned on 12,994 Latin words with their Arabic spellings; see fold-names.test.ts for what it reaches.
 */
const letters: Record<string, Sounds> = {
  b: ["b"],
  p: ["b"],
  f: ["f"],
  v: ["f", ""],
  t: ["t"],
  d: ["d"],
  s: ["s"],
  z: ["s"],
  k: ["k"],
  q: ["k"],
  g: ["g", "k"],
  j: ["g", ""],
  l: ["l"],
  r: ["r"],
  m: ["m"],
  n: ["n"],
  w: ["", "f"],
};
const firstLetters: Record<string, Sounds> = { j: ["g", "y"], w: ["w", "f"], v: ["f", "w"], h: ["h"], y: ["y"] };
const clusters: Record<string, readonly Sounds[]> = {
  tsch: [["C"]],
  tch: [["C"]],
  sch: [["S"]],
  sh: [["S"]],
  ch: [["C", "S", "x", "k"]],
  cz: [["C"]],
  kh: [["x"]],
  gh: [["g", "k"]],
  ph: [["f"]],
  th: [["t"]],
  dh: [["d"]],
  zh: [["g"]],
  dj: [["g"]],
  ck: [["k"]],
  cq: [["k"]],
  qu: [["k"]],
  tz: [["t"], ["s"]],
};
const clusterStarts = new Set(Object.keys(clusters).map((cluster) => cluster[0]));
const SOFT_C: Sounds = ["s", "C"];
const SILENT_H: Sounds = ["", "h"];
const INITIAL_VOWEL: Sounds = ["a"];

const isVowel = (letter: string): boolean => letter === "a" || letter === "e" || letter === "i" || letter === "o" || letter === "u";
const isSoft = (letter: string): boolean => letter === "e" || letter === "i" || letter === "y";

/** The consonant skeletons of one folded Latin word, at most four; none for a word without letters a to z. */
export function latinSkeletons(word: string): string[] {
  const sounds: Sounds[] = [];
  // Slavic -ić, -vić without its accent.
  const spelled = word.endsWith("ic") && word.length > 4 ? `${word.slice(0, -1)}tch` : word;
  for (let at = 0; at < spelled.length; ) {
    const letter = spelled.charAt(at);
    const cluster = clusterStarts.has(letter) ? clusterAt(spelled, at) : "";
    if (isVowel(letter)) {
      if (at === 0) {
        sounds.push(INITIAL_VOWEL);
      }
    } else if (letter === spelled.charAt(at + 1) && !(letter === "c" && isSoft(spelled.charAt(at + 2)))) {
      // doubled: the second one counts
    } else if (cluster !== "") {
      sounds.push(...(clusters[cluster] ?? []));
      at += cluster.length;
      continue;
    } else {
      pushLetter(sounds, spelled, at);
    }
    at += 1;
  }
  return readings(sounds);
}

function pushLetter(sounds: Sounds[], word: string, at: number): void {
  const letter = word.charAt(at);
  const next = word.charAt(at + 1);
  if (letter === "c") {
    sounds.push(isSoft(next) ? SOFT_C : ["k"]);
  } else if (letter === "x") {
    sounds.push(["k"], ["s"]);
  } else if (letter === "h" && at > 0) {
    if (next !== "") {
      sounds.push((isVowel(word.charAt(at - 1)) || word.charAt(at - 1) === "y") && (isVowel(next) || next === "y") ? ["h"] : SILENT_H);
    }
  } else {
    const sound = at === 0 ? (firstLetters[letter] ?? letters[letter]) : letters[letter];
    if (sound !== undefined) {
      sounds.push(sound);
    }
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
