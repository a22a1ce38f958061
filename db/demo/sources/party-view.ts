import type { Bank } from "../bank.ts";
import { type Address, dialledPhone, localPhone, makeAddress, mobile } from "../contact.ts";
import type { Customer } from "../customer.ts";
import { gregorian } from "../dates.ts";
import { ascii, everydayName, familyName, latinName, latinSpelling, mailbox, nativeName } from "../people.ts";
import { Random } from "../random.ts";

export const sourceCodes = ["core", "cards", "loans", "crm", "wealth"] as const;
export type SourceCode = (typeof sourceCodes)[number];

/** A customer as one system knows it: old, misspelt, incomplete in that system's own way. */
export interface PartyView {
  readonly key: string;
  readonly native: string;
  readonly given: string;
  readonly family: string;
  readonly latin: string;
  readonly bornDay: number | undefined;
  readonly identifier: string; // empty: not known there
  readonly verified: boolean;
  readonly mobile: string;
  readonly landline: string;
  readonly email: string;
  readonly address: Address;
  readonly changedDay: number;
  readonly differs: readonly string[]; // what was made different from the truth
}

interface Habits {
  readonly stream: number;
  readonly identifierKnown: number;
  readonly typos: number;
  readonly oldData: number;
  readonly everyday: number; // probability of the short form of the name
}

const habits: Readonly<Record<SourceCode, Habits>> = {
  core: { stream: 40, identifierKnown: 0.97, typos: 0.012, oldData: 0.08, everyday: 0 },
  cards: { stream: 41, identifierKnown: 0.88, typos: 0.02, oldData: 0.2, everyday: 1 },
  loans: { stream: 42, identifierKnown: 0.97, typos: 0.015, oldData: 0.12, everyday: 0.15 },
  crm: { stream: 43, identifierKnown: 0.74, typos: 0.05, oldData: 0.1, everyday: 0.75 },
  wealth: { stream: 44, identifierKnown: 0.92, typos: 0.02, oldData: 0.18, everyday: 0.3 },
};

/** The view of one system. `copy` above 0 is a second record of the same customer in the same system. */
export function viewOf(bank: Bank, customer: Customer, source: SourceCode, copy: number): PartyView {
  const habit = habits[source];
  const random = new Random(bank.seed, customer.index, habit.stream + copy * 10);
  const changed: string[] = [];
  const strike = (probability: number, what: string) => {
    const struck = random.chance(probability);
    if (struck) {
      changed.push(what);
    }
    return struck;
  };
  const names = namesOf(customer, random, copy > 0 || random.chance(habit.everyday));
  const typo = strike(habit.typos, "typo");
  const swapped = customer.kind === "person" && strike(0.02, "born");
  const known = random.chance(habit.identifierKnown);
  const mistyped = known && strike(0.012, "identifier");
  const old = strike(habit.oldData, "address");
  const otherPhone = strike(habit.oldData * 1.2, "phone");
  const otherMail = strike(0.16, "email");
  return {
    key: keyOf(source, customer.index, copy),
    native: typo ? misspell(random, names.native) : names.native,
    given: names.given,
    family: names.family,
    latin: typo ? misspell(random, names.latin) : names.latin,
    bornDay: strike(source === "crm" ? 0.3 : 0.01, "born_missing")
      ? undefined
      : swapped
        ? swapDayAndMonth(customer.bornDay)
        : customer.bornDay,
    identifier: !known ? "" : mistyped ? misspell(random, customer.identifier.value, true) : customer.identifier.value,
    verified: known && !mistyped && random.chance(source === "crm" ? 0.88 : 0.97),
    mobile: phoneForm(random, otherPhone ? mobile(random, customer.market.country) : customer.mobile, customer.market.country),
    landline: random.chance(source === "core" ? 0.3 : 0.08) || customer.kind === "organisation" ? customer.landline : "",
    email: random.chance(0.12) ? "" : otherMail ? otherMailbox(random, customer) : customer.email,
    address: old ? customer.oldAddress : random.chance(0.02) ? makeAddress(random, customer.city) : customer.address,
    changedDay: Math.max(customer.sinceDay, bank.lastDay - Math.floor(random.around(old ? 1400 : 400, 0.8))),
    differs: changed,
  };
}

export function keyOf(source: SourceCode, index: number, copy: number): string {
  const number = index * 4 + copy + 4;
  switch (source) {
    case "core":
      return `P${String(number).padStart(8, "0")}`;
    case "cards":
      return `H${String(number * 7 + 3).padStart(9, "0")}`;
    case "loans":
      return `${String(700_000_000 + number)}`;
    case "crm":
      return `CRM-${number.toString(36).toUpperCase().padStart(6, "0")}`;
    case "wealth":
      return `${String(40_000_000 + number)}`;
  }
}

function namesOf(customer: Customer, random: Random, short: boolean) {
  if (customer.kind === "organisation") {
    const { company } = customer;
    return {
      native: short ? company.short : company.native,
      given: "",
      family: "",
      latin: random.chance(0.8) ? company.latin : company.latin.replace(/,? (LLC|PJSC|Co\. Ltd\.|Co\.|Co\., Ltd\.|S\.[AL]\.|PLC|Ltd)$/, ""),
    };
  }
  const { name } = customer;
  return {
    native: short ? everydayName(name) : nativeName(name),
    given: name.given.native,
    family: short && name.language === "es" ? name.family.native : familyName(name),
    latin: short ? latinSpelling(random, name) : latinName(name),
  };
}

function phoneForm(random: Random, e164: string, country: Parameters<typeof localPhone>[1]): string {
  const draw = random.unit();
  return draw < 0.45 ? e164 : draw < 0.85 ? localPhone(e164, country) : dialledPhone(e164);
}

function otherMailbox(random: Random, customer: Customer): string {
  return customer.kind === "person"
    ? mailbox(random, customer.name, Number(gregorian.compact(customer.bornDay).slice(0, 4)))
    : customer.email.replace(/^[a-z]+/, "finance");
}

/** One slip of the hand: two letters exchanged, one left out, one doubled. Digits: one changed. */
function misspell(random: Random, text: string, digits = false): string {
  const letters = [...text];
  const place = random.int(1, Math.max(1, letters.length - 2));
  const letter = letters[place] ?? "";
  if (digits) {
    letters[place] = /\d/.test(letter) ? String((Number(letter) + random.int(1, 8)) % 10) : letter;
  } else if (letters.length > 4 && letter !== " ") {
    const next = letters[place + 1] ?? "";
    const way = next === " " || next === letter ? 1 : random.int(0, 2);
    letters.splice(place, way === 0 ? 2 : 1, ...(way === 0 ? [next, letter] : way === 1 ? [] : [letter, letter]));
  }
  return letters.join("");
}

/** 3 April for 4 March; where that is no date, the year before. */
function swapDayAndMonth(day: number): number {
  const text = gregorian.compact(day);
  const month = Number(text.slice(4, 6));
  const date = Number(text.slice(6));
  return date <= 12 && date !== month ? Date.UTC(Number(text.slice(0, 4)), date - 1, month) / 86_400_000 : day - 365;
}

/** Capital letters A-Z as on a card, at most 26. */
export function embossed(latin: string): string {
  return ascii(latin).toUpperCase().slice(0, 26).trim();
}
