import { arabic } from "./names/arabic.ts";
import { chinese } from "./names/chinese.ts";
import { english } from "./names/english.ts";
import { type NamePart, spelling } from "./names/name-part.ts";
import { persian } from "./names/persian.ts";
import { spanish } from "./names/spanish.ts";
import type { Language } from "./places.ts";
import type { Random, Weighted } from "./random.ts";

/** What somebody is called: the parts, from which every source makes its own form. */
export interface PersonName {
  readonly language: Language;
  readonly female: boolean;
  readonly given: NamePart;
  readonly father?: NamePart; // Arabic, and on Iranian papers
  readonly family: NamePart;
  readonly secondFamily?: NamePart; // Spanish
  readonly gulf: boolean; // Arabic: with bin or bint
}

const pools: Readonly<Record<Language, Readonly<Record<"olderMen" | "youngerMen" | "olderWomen" | "youngerWomen", Weighted<NamePart>>>>> = {
  ar: arabic,
  fa: persian,
  zh: chinese,
  es: spanish,
  en: english,
};

/** A name fitting the language and the year of birth: names have their time. */
export function makeName(random: Random, language: Language, female: boolean, bornYear: number): PersonName {
  const pool = pools[language];
  const younger = random.chance(Math.min(0.95, Math.max(0.05, (bornYear - 1955) / 40)));
  const given = (female ? (younger ? pool.youngerWomen : pool.olderWomen) : younger ? pool.youngerMen : pool.olderMen).pick(random);
  const father = pool.olderMen.pick(random);
  const gulf = random.chance(0.68);
  switch (language) {
    case "ar":
      return { language, female, given, father, family: (gulf ? arabic.gulfFamilies : arabic.levantFamilies).pick(random), gulf };
    case "fa":
      return { language, female, given, father, family: persian.families.pick(random), gulf: false };
    case "zh":
      return { language, female, given, family: chinese.families.pick(random), gulf: false };
    case "es":
      return { language, female, given, family: spanish.families.pick(random), secondFamily: spanish.families.pick(random), gulf: false };
    case "en":
      return { language, female, given, family: english.families.pick(random), gulf: false };
  }
}

/** The full name in its own script, as on the identity card. */
export function nativeName(name: PersonName): string {
  switch (name.language) {
    case "ar":
      return name.gulf
        ? `${name.given.native} ${name.female ? "بنت" : "بن"} ${name.father?.native} ${name.family.native}`
        : `${name.given.native} ${name.father?.native} ${name.family.native}`;
    case "zh":
      return `${name.family.native}${name.given.native}`;
    case "es":
      return `${name.given.native} ${name.family.native} ${name.secondFamily?.native}`;
    default:
      return `${name.given.native} ${name.family.native}`;
  }
}

/** The short form people use every day, in their own script. */
export function everydayName(name: PersonName): string {
  if (name.language === "ar") {
    return `${name.given.native} ${name.family.native}`;
  }
  if (name.language === "es") {
    return `${name.given.native} ${name.family.native}`;
  }
  return nativeName(name);
}

export function familyName(name: PersonName): string {
  return name.secondFamily === undefined ? name.family.native : `${name.family.native} ${name.secondFamily.native}`;
}

/** The passport's spelling: given name first, family name last. */
export function latinName(name: PersonName): string {
  return latinForm(name, 0, 0);
}

/** A spelling some clerk chose; both choices in 0..1. */
export function latinSpelling(random: Random, name: PersonName): string {
  return latinForm(name, random.unit(), random.unit());
}

function latinForm(name: PersonName, givenChoice: number, familyChoice: number): string {
  const given = spelling(name.given, givenChoice);
  const family = spelling(name.family, familyChoice);
  if (name.language === "es") {
    return `${given} ${family} ${name.secondFamily?.native}`;
  }
  return `${given} ${family}`;
}

const accents = /[\u0300-\u036f]/g;

/** Only A-Z a-z, digits, blanks, hyphens and apostrophes: what old systems take. */
export function ascii(text: string): string {
  return text
    .normalize("NFD")
    .replace(accents, "")
    .replace(/[^\x20-\x7e]/g, "");
}

/** A mailbox somebody of this name would choose. The domains end in .example (RFC 2606), so that no message can ever reach a stranger. */
export function mailbox(random: Random, name: PersonName, bornYear: number): string {
  const word = (part: NamePart) =>
    ascii(part.latin[0] ?? "")
      .toLowerCase()
      .replace(/[^a-z]/g, "");
  const given = word(name.given);
  const family = word(name.family);
  const domains: Readonly<Record<Language, readonly string[]>> = {
    ar: ["barid.example", "mail.example", "sahara.example"],
    fa: ["nameh.example", "mail.example", "pars.example"],
    zh: ["youxiang.example", "mail.example", "163.example"],
    es: ["correo.example", "mail.example", "buzon.example"],
    en: ["mail.example", "post.example", "inbox.example"],
  };
  const number = random.pick(["", "", String(bornYear), String(bornYear % 100).padStart(2, "0"), random.digits(3)]);
  const local = random.pick([
    `${given}.${family}`,
    `${given}${family}`,
    `${given.charAt(0)}${family}`,
    `${family}.${given}`,
    `${given}_${family}`,
  ]);
  return `${local}${number}@${random.pick(domains[name.language])}`;
}
