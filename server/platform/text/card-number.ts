import { asciiDigits } from "./digits.ts";
import { maskLast } from "./mask.ts";

/** Prefixes under which cards are issued, and how many digits theirs have (ISO/IEC 7812; lists of the schemes). 13 digits were given up long ago and would hit too much else. */
const issued: readonly { readonly prefix: RegExp; readonly digits: readonly number[] }[] = [
  { prefix: /^4/, digits: [16, 19] }, // Visa
  { prefix: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, digits: [16] }, // Mastercard
  { prefix: /^3[47]/, digits: [15] }, // American Express
  { prefix: /^3(0[0-5]|[68]|9)/, digits: [14, 16] }, // Diners Club
  { prefix: /^35(2[89]|[3-8])/, digits: [16] }, // JCB
  { prefix: /^220[0-4]/, digits: [16] }, // Mir
  { prefix: /^(50|5[6-8]|6|81|9682)/, digits: [16, 19] }, // Maestro, Discover, UnionPay, RuPay, Shetab, mada
];

// An account number as ISO 13616 writes it: the same digits in the same groups of four, and no card.
const iban = /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b/gi;
const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const everyUnseen = new RegExp(unseen, "g");
// Digits with at most one sign between them; Latin letters right beside them make it something else: a key, an id.
const run = /(?<![A-Za-z\d])\d(?:[\s.\-\u2010-\u2015\u00b7_/]?\d)+(?![A-Za-z\d])/gu;

/**
 * Whether a text holds the number of a payment card: the prefix and length of a scheme and a right check digit (Luhn, ISO/IEC 7812-1 annex B), in any
 * digits, in one piece or in groups. One in ten other numbers of that look passes the check digit too.
 */
export function hasCardNumber(text: string): boolean {
  if (text.length < 14) return false;
  const plain = asciiDigits(text.replace(everyUnseen, ""));
  return /\d(?:.?\d){13}/su.test(plain) && cardsIn(plain).length > 0;
}

/** The text with all but the last four digits of each such number taken out; any other text as it is. */
export function hideCardNumbers(text: string): string {
  if (!hasCardNumber(text)) return text;
  // Where each sign that is seen stands in the text.
  const places = Array.from({ length: text.length }, (_, at) => at).filter((at) => !unseen.test(text[at] ?? ""));
  const plain = asciiDigits(places.map((at) => text[at]).join(""));
  let [hidden, done] = ["", 0];
  for (const { from, to, digits } of cardsIn(plain)) {
    hidden += `${text.slice(done, places[from])}${maskLast(digits, 4)}`;
    done = (places[to - 1] ?? 0) + 1;
  }
  return hidden + text.slice(done);
}

interface Card {
  readonly from: number;
  readonly to: number;
  readonly digits: string;
}

/** Cards in a text of ASCII digits, in their order, none within another. */
function cardsIn(plain: string): Card[] {
  const found = [...plain.replace(iban, (account) => " ".repeat(account.length)).matchAll(run)].flatMap((match) =>
    candidates(match[0], match.index).filter(({ digits }) => isCard(digits)),
  );
  let end = 0;
  return found
    .toSorted((a, b) => a.from - b.from || b.to - a.to)
    .filter(({ from, to }) => {
      if (from < end) return false;
      end = to;
      return true;
    });
}

/** The whole run, each unbroken piece of it, and pieces in the groups that are printed on cards. */
function candidates(found: string, at: number): Card[] {
  const groups = [...found.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({ from: at + index, to: at + index + digits.length, digits }));
  const joined = (some: readonly Card[]): Card => ({
    from: some[0]?.from ?? at,
    to: some.at(-1)?.to ?? at,
    digits: some.map(({ digits }) => digits).join(""),
  });
  const looks = (some: readonly Card[], groupsOf: RegExp) => groupsOf.test(String(some.map(({ digits }) => digits.length)));
  const printed = groups.flatMap((_, place) => [
    ...[groups.slice(place, place + 4), groups.slice(place, place + 5)].filter((some) => looks(some, /^4,4,4,4(,3)?$/)),
    ...[groups.slice(place, place + 3)].filter((some) => looks(some, /^4,6,[45]$/)),
  ]);
  return [joined(groups), ...groups, ...printed.map(joined)];
}

function isCard(digits: string): boolean {
  return (
    issued.some(({ prefix, digits: lengths }) => lengths.includes(digits.length) && prefix.test(digits)) &&
    luhn(digits) &&
    new Set(digits).size > 1
  );
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    sum += at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}
