import { asciiDigits } from "./digits.ts";

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
const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
// Digits with at most one sign between them; Latin letters right beside them make it something else: a key, an id.
const run = /(?<![A-Za-z\d])\d(?:[\s.\-\u2010-\u2015\u00b7_/]?\d)+(?![A-Za-z\d])/gu;

/**
 * Whether a text holds the number of a payment card: the prefix and length of a scheme and a right check digit (Luhn, ISO/IEC 7812-1 annex B), in any
 * digits, in one piece or in groups. One in ten other numbers of that look passes the check digit too.
 */
export function hasCardNumber(text: string): boolean {
  if (text.length < 14) return false;
  const plain = asciiDigits(text.replace(unseen, ""));
  if (!/\d(?:.?\d){13}/su.test(plain)) return false;
  return [...plain.replace(iban, " ").matchAll(run)].some(([found]) => candidates(found).some(isCard));
}

/** The whole run, each unbroken piece of it, and pieces in the groups that are printed on cards. */
function candidates(found: string): string[] {
  const groups = found.split(/\D/);
  const printed = groups.flatMap((_, at) => [
    ...[groups.slice(at, at + 4), groups.slice(at, at + 5)].filter((some) => /^4,4,4,4(,3)?$/.test(String(some.map((one) => one.length)))),
    ...[groups.slice(at, at + 3)].filter((some) => /^4,6,[45]$/.test(String(some.map((one) => one.length)))),
  ]);
  return [groups.join(""), ...groups, ...printed.map((some) => some.join(""))];
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
