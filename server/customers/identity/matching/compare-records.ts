import { at, COLUMNS } from "./columns.ts";
import { addressComparer } from "./compare-addresses.ts";
import { compareBirths } from "./compare-births.ts";
import { conflictFinder, emailComparer, identifierComparer, phoneComparer, type ValueAgreement } from "./compare-contacts.ts";
import { organisationComparer } from "./compare-organisations.ts";
import { personNameComparer } from "./compare-person-names.ts";
import { wordComparer } from "./compare-words.ts";
import { mailboxDiscount } from "./named-mailbox.ts";
import { field, ROW, type TableArrays } from "./record-table.ts";
import type { TermBits } from "./terms.ts";

/** Compares records of one table. `levels` and `bits` (of rare or common values) belong to the last comparison and are overwritten by the next. */
export interface RecordComparer {
  readonly levels: Uint8Array;
  readonly bits: Float64Array;
  /** Both records must be of one kind. */
  readonly compare: (a: number, b: number) => void;
  /** Whether the first of two records comes first where `compare` is taken apart: the lower rank does. */
  readonly isInOrder: (a: number, b: number) => boolean;
  /** The parts of `compare`, one after the other: names, birth, sex and nationality; each kind of contact; places; streets. */
  readonly compareBearers: (a: number, b: number) => void;
  readonly compareIdentifiers: (a: number, b: number) => void;
  readonly comparePhones: (a: number, b: number) => void;
  readonly compareEmails: (a: number, b: number) => void;
  readonly comparePlaces: (a: number, b: number) => void;
  readonly compareStreets: (a: number, b: number) => void;
  /** The best level of addresses that comparing streets can give. */
  readonly streetAtBest: (a: number, b: number) => number;
  /** Whether the two can never be one, whatever else agrees. */
  readonly conflict: (a: number, b: number) => boolean;
}

const SOUND_LEVEL = 3;
const EMAIL_DIFFERENT = 4;
const COMPANY_ALIKE = 3;
/** What the words of a company's name usually tell, and by how much a common or a rare name shifts the evidence; halved, since words come in company. */
const COMPANY_BITS = { usual: 16, least: -4, most: 8 } as const;

function isSameName(levels: Uint8Array): boolean {
  const given = levels[at.given] as number;
  const family = levels[at.family] as number;
  return given + family > 0 && given <= SOUND_LEVEL && family <= SOUND_LEVEL;
}

/** `exclusive` are the numbers of identifier types of which nobody has two. */
export function recordComparer(table: TableArrays, terms: TermBits, exclusive: ReadonlySet<number>): RecordComparer {
  const { rows } = table;
  const levels = new Uint8Array(COLUMNS);
  const bits = new Float64Array(COLUMNS);
  const words = wordComparer(table.words);
  const personNames = personNameComparer(table, words);
  const organisations = organisationComparer(table, words, (word) => terms.byValue.organisation[word] ?? terms.floor.organisation);
  const addresses = addressComparer(table, words);
  const [phones, emails, identifiers] = [phoneComparer(table), emailComparer(table), identifierComparer(table)];
  const discount = mailboxDiscount(table);
  const valueBits = (kind: keyof TermBits["byValue"], value: number) =>
    value === 0 ? 0 : (terms.byValue[kind][value] ?? terms.floor[kind]);
  const wordBits = (kind: "given" | "family", level: number, pair: readonly [number, number]) =>
    level === 0 || level > SOUND_LEVEL ? 0 : Math.min(valueBits(kind, pair[0]), valueBits(kind, pair[1]));

  function sameOrNot(a: number, b: number, place: number): number {
    const left = rows[a * ROW + place] as number;
    const right = rows[b * ROW + place] as number;
    return left === 0 || right === 0 ? 0 : left === right ? 1 : 2;
  }

  function comparePersonNames(a: number, b: number): void {
    const { given, family, givenWords, familyWords } = personNames(a, b);
    levels[at.given] = given;
    bits[at.given] = wordBits("given", given, givenWords);
    levels[at.family] = family;
    bits[at.family] = wordBits("family", family, familyWords);
    levels[at.sex] = sameOrNot(a, b, field.sex);
  }

  function compareOrganisations(a: number, b: number): void {
    const { level, commonBits } = organisations(a, b);
    levels[at.organisation] = level;
    if (level !== 0 && level <= COMPANY_ALIKE)
      bits[at.organisation] = Math.max(COMPANY_BITS.least, Math.min(COMPANY_BITS.most, (commonBits - COMPANY_BITS.usual) / 2));
    levels[at["legal form"]] = sameOrNot(a, b, field.legalForm);
  }

  function compareEmails(a: number, b: number): void {
    const email = emails(a, b);
    takeValue(at.email, "email", email);
    if (email.level !== 0 && email.level < EMAIL_DIFFERENT && isSameName(levels))
      bits[at.email] = (bits[at.email] as number) - discount(a, b, email.value, email.level);
  }

  function takeValue(column: number, kind: "phone" | "email" | "identifier", agreement: ValueAgreement): void {
    levels[column] = agreement.level;
    if (agreement.level === 1) bits[column] = Math.min(0, valueBits(kind, agreement.value));
  }

  const isInOrder = (a: number, b: number) => (rows[a * ROW + field.rank] as number) <= (rows[b * ROW + field.rank] as number);

  function compareBearers(a: number, b: number): void {
    levels.fill(0);
    bits.fill(0);
    if (rows[a * ROW + field.kind] === 0) comparePersonNames(a, b);
    else compareOrganisations(a, b);
    const born = rows[a * ROW + field.birth] as number;
    const birth = compareBirths(born, rows[b * ROW + field.birth] as number);
    levels[at.birth] = birth;
    bits[at.birth] = birth === 1 ? Math.min(0, terms.birth.get(born) ?? 0) : 0;
    levels[at.nationality] = sameOrNot(a, b, field.nationality);
  }

  function comparePlaces(a: number, b: number): void {
    const { level, postcode, city } = addresses.place(a, b);
    levels[at.place] = level;
    bits[at.place] = postcode === 0 ? valueBits("city", city) : valueBits("postcode", postcode);
  }

  const compareIdentifiers = (a: number, b: number) => takeValue(at.identifier, "identifier", identifiers(a, b));
  const comparePhones = (a: number, b: number) => takeValue(at.phone, "phone", phones(a, b));
  const compareStreets = (a: number, b: number) => {
    levels[at.address] = addresses.street(a, b);
  };
  const parts = [compareBearers, compareIdentifiers, comparePhones, compareEmails, comparePlaces, compareStreets];

  return {
    ...{ levels, bits, isInOrder },
    ...{ compareBearers, compareIdentifiers, comparePhones, compareEmails, comparePlaces, compareStreets },
    compare(one, other) {
      const [a, b] = isInOrder(one, other) ? [one, other] : [other, one];
      for (const part of parts) part(a, b);
    },
    streetAtBest: addresses.streetAtBest,
    conflict: conflictFinder(table, (type) => exclusive.has(type)),
  };
}
