import { createRequire } from "node:module";
import type { pinyin as Pinyin } from "pinyin-pro";
import { remembered } from "./remembered.ts";

// Both dictionaries are loaded on the first Chinese text, at once and not with a promise: most runs of the command line never meet one.
const load = createRequire(import.meta.url);

let toSimplified: Map<string, string> | undefined;
let toPinyin: typeof Pinyin | undefined;

/** The simplified form of one character; itself when it has none. */
export function simplified(character: string): string {
  toSimplified ??= readCharacterMap((load("opencc-js/dict/TSCharacters") as { default: string }).default);
  const simpler = toSimplified.get(character) ?? character;
  // 薴 becomes 苧, which is itself the traditional form of 苎.
  return toSimplified.get(simpler) ?? simpler;
}

/** Lines of OpenCC's dictionary, parted by `|`: the traditional character, a space, its simplified forms with the usual one first. */
function readCharacterMap(dictionary: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const entry of dictionary.split("|")) {
    const [from, to] = entry.split(" ");
    if (from !== undefined && to !== undefined) {
      map.set(from, to);
    }
  }
  return map;
}

// Longer runs are organisations or transcribed foreign names, in which the first character is no surname.
const PERSON_CHARACTERS_MAX = 4;

const COMPOUND_SURNAMES = new Set(
  "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 百里 呼延 东郭 南门 西门 拓跋 轩辕 第五".split(
    " ",
  ),
);

/** How many leading characters of a run are the surname: 2 for compound ones, else 1; 0 when the run is no person's name. */
export function surnameLength(run: string): number {
  if (run.length < 2 || run.length > PERSON_CHARACTERS_MAX) {
    return 0;
  }
  return run.length > 2 && COMPOUND_SURNAMES.has(run.slice(0, 2)) ? 2 : 1;
}

const readSurname = remembered((surname) => read(surname, "head"));
const readRun = remembered((run) => read(run, "off"));

/**
 * The toneless syllables of a run of simplified characters, `v` for ü. Up to four characters are read as a person's name: surnames have readings of their own (单 shan,
 * 曾 zeng), and given names come again and again.
 */
export function syllables(run: string): readonly string[] {
  const surname = surnameLength(run);
  return surname === 0 ? readRun(run) : [...readSurname(run.slice(0, surname)), ...readRun(run.slice(surname))];
}

function read(run: string, surname: "head" | "off"): readonly string[] {
  toPinyin ??= (load("pinyin-pro") as { pinyin: typeof Pinyin }).pinyin;
  return toPinyin(run, { toneType: "none", type: "array", v: true, surname });
}
