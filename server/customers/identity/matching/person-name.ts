import { foldedWords, nameWords, remembered, scriptOf, surnameLength, syllables } from "../../../platform/text/index.ts";
import type { MatchName } from "./record.ts";

/** A name as it is compared: folded words without titles and particles. A single word of unknown role stands under `family`. */
export interface NameForm {
  readonly given: readonly string[];
  readonly family: readonly string[];
}

const FORMS_MAX = 4;
const GIVEN_WORDS_MAX = 3;
const FAMILY_WORDS_MAX = 4;
const CHINESE_NAME_CHARACTERS_MAX = 4;
// Titles, and what follows a family name; dropped unless nothing else is there.
const TITLES = new Set(
  "mr mrs ms miss dr prof sir madam sr sra srta don dona jr ii iii السيد السيده الدكتور دكتور اقاي خانم دكتر 先生 女士".split(" "),
);

/** The forms of all spellings of a person, without repeats, at most 4. A Chinese name gives its pinyin as a form of its own. */
export function personForms(names: readonly MatchName[]): NameForm[] {
  const forms: NameForm[] = [];
  for (const name of names) {
    for (const form of formsOf(name)) {
      const isNew = isNamed(form.given) || isNamed(form.family);
      if (isNew && forms.length < FORMS_MAX && !forms.some((known) => isSame(known, form))) forms.push(form);
    }
  }
  return forms;
}

function isNamed(words: readonly string[]): boolean {
  return words.length > 1 || (words[0] ?? "") !== "";
}

function isSame(one: NameForm, other: NameForm): boolean {
  return areSame(one.given, other.given) && areSame(one.family, other.family);
}

function areSame(words: readonly string[], others: readonly string[]): boolean {
  return words.length === others.length && words.every((word, place) => word === others[place]);
}

function formsOf({ full = "", given = "", family = "" }: MatchName): NameForm[] {
  if (given === "" && family === "") return fromFull(full);
  const parts = { given: wordsOf(given).slice(0, GIVEN_WORDS_MAX), family: wordsOf(family).slice(0, FAMILY_WORDS_MAX) };
  const [givenRun, familyRun] = [parts.given[0] ?? "", parts.family[0] ?? ""];
  if (isChinese(givenRun) && isChinese(familyRun)) {
    return [parts, pinyinForm(familyRun + givenRun, familyRun.length)];
  }
  return [parts];
}

const fromFull = remembered((full: string): NameForm[] => {
  const comma = full.indexOf(",");
  // "García López, María": one comma in a person's name parts the family name from the rest.
  if (comma > 0 && comma === full.lastIndexOf(",") && comma < full.trimEnd().length - 1) {
    return formsOf({ family: full.slice(0, comma), given: full.slice(comma + 1) });
  }
  const words = wordsOf(full);
  const [first = ""] = words;
  if (words.length === 1) {
    const surname = isChinese(first) ? surnameLength(first) : 0;
    if (surname === 0) return [{ given: [], family: words }];
    return [{ given: [first.slice(surname)], family: [first.slice(0, surname)] }, pinyinForm(first, surname)];
  }
  return words.length === 0 ? [] : [{ given: [first], family: words.slice(1, 1 + FAMILY_WORDS_MAX) }];
});

// The same names come again and again.
const wordsOf = remembered((text: string): readonly string[] => {
  const words = nameWords(text);
  const named = words.filter((word) => !TITLES.has(word));
  return named.length === 0 ? words : named;
});

function isChinese(word: string): boolean {
  return word.length > 0 && word.length <= CHINESE_NAME_CHARACTERS_MAX && scriptOf(word) === "chinese";
}

function pinyinForm(run: string, surname: number): NameForm {
  const read = syllables(run);
  return { given: [read.slice(surname).join("")], family: [read.slice(0, surname).join("")] };
}

const SILENT_LENGTH_MAX = 20;
const SILENT_NAMES = new Set(
  "unknown n/a na none null test anonymous noname nil tbd tbc xxx xx desconocido ninguno مجهول نامشخص 未知 无 不详 无名".split(" "),
);

const SILENT_TOGETHER = new Set("n a no name غير معروف".split(" "));

/** Whether a name says that there is none: "unknown", "N/A", "غير معروف". */
export function isNoName({ full = "", given = "", family = "" }: MatchName): boolean {
  if (full.length + given.length + family.length > SILENT_LENGTH_MAX) return false;
  return (
    (given === "" || maySilence(given)) &&
    (family === "" || maySilence(family)) &&
    (full === "" || maySilence(full)) &&
    isSilent(`${full} ${given} ${family}`)
  );
}

// Asked first, part by part: given names come again and again, and most names are ruled out by them.
const maySilence = remembered((part: string): boolean =>
  foldedWords(part).every((word) => SILENT_NAMES.has(word) || SILENT_TOGETHER.has(word)),
);

function isSilent(name: string): boolean {
  const words = foldedWords(name);
  const text = words.join(" ");
  return words.every((word) => SILENT_NAMES.has(word)) || text === "n a" || text === "no name" || text === "غير معروف";
}
