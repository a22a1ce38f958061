import { at, COLUMNS } from "./columns.ts";
import { addressComparer } from "./compare-addresses.ts";
import { compareBirths } from "./compare-births.ts";
import { conflictFinder, emailComparer, identifierComparer, phoneComparer, type ValueAgreement } from "./compare-contacts.ts";
import { organisationComparer } from "./compare-organisations.ts";
import { personNameComparer } from "./compare-person-names.ts";
import { wordComparer } from "./compare-words.ts";
import { mailboxDiscount } from "./named-mailbox.ts";
import type { TableArrays } from "./record-table.ts";
import type { TermBits } from "./terms.ts";

/** Compares records of one table. `levels` and `bits` (of rare or common values) belong to the last comparison and are overwritten by the next. */
export interface RecordComparer {
  readonly levels: Uint8Array;
  readonly bits: Float64Array;
  /** Both records must be of one kind. */
  readonly compare: (a: number, b: number) => void;
  /** The three parts of `compare`, in this order: everything but addresses, their places, their streets. */
  readonly comparePerson: (a: number, b: number) => void;
  readonly comparePlace: (a: number, b: number) => void;
  readonly compareStreet: (a: number, b: number) => void;
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

  function comparePersonNames(a: number, b: number): void {
    const { given, family, givenWords, familyWords } = personNames(a, b);
    levels[at.given] = given;
    bits[at.given] = wordBits("given", given, givenWords);
    levels[at.family] = family;
    bits[at.family] = wordBits("family", family, familyWords);
    levels[at.sex] = sameOrNot(table.sex[a] as number, table.sex[b] as number);
  }

  function compareOrganisations(a: number, b: number): void {
    const { level, commonBits } = organisations(a, b);
    levels[at.organisation] = level;
    if (level !== 0 && level <= COMPANY_ALIKE)
      bits[at.organisation] = Math.max(COMPANY_BITS.least, Math.min(COMPANY_BITS.most, (commonBits - COMPANY_BITS.usual) / 2));
    levels[at["legal form"]] = sameOrNot(table.legalForm[a] as number, table.legalForm[b] as number);
  }

  function compareContacts(a: number, b: number): void {
    takeValue(at.phone, "phone", phones(a, b));
    const email = emails(a, b);
    takeValue(at.email, "email", email);
    if (email.level !== 0 && email.level < EMAIL_DIFFERENT && isSameName(levels))
      bits[at.email] = (bits[at.email] as number) - discount(a, b, email.value, email.level);
    takeValue(at.identifier, "identifier", identifiers(a, b));
  }

  function takeValue(column: number, kind: "phone" | "email" | "identifier", agreement: ValueAgreement): void {
    levels[column] = agreement.level;
    if (agreement.level === 1) bits[column] = Math.min(0, valueBits(kind, agreement.value));
  }

  return {
    levels,
    bits,
    compare(one, other) {
      this.comparePerson(one, other);
      this.comparePlace(one, other);
      this.compareStreet(one, other);
    },
    comparePerson(one, other) {
      const isInOrder = (table.rank[one] as number) <= (table.rank[other] as number);
      const a = isInOrder ? one : other;
      const b = isInOrder ? other : one;
      levels.fill(0);
      bits.fill(0);
      if (table.kind[a] === 0) comparePersonNames(a, b);
      else compareOrganisations(a, b);
      const birth = compareBirths(table.birth[a] as number, table.birth[b] as number);
      levels[at.birth] = birth;
      bits[at.birth] = birth === 1 ? Math.min(0, terms.birth.get(table.birth[a] as number) ?? 0) : 0;
      compareContacts(a, b);
      levels[at.nationality] = sameOrNot(table.nationality[a] as number, table.nationality[b] as number);
    },
    comparePlace(one, other) {
      const isInOrder = (table.rank[one] as number) <= (table.rank[other] as number);
      const { level, postcode, city } = addresses.place(isInOrder ? one : other, isInOrder ? other : one);
      levels[at.place] = level;
      bits[at.place] = postcode === 0 ? valueBits("city", city) : valueBits("postcode", postcode);
    },
    compareStreet(one, other) {
      const isInOrder = (table.rank[one] as number) <= (table.rank[other] as number);
      levels[at.address] = addresses.street(isInOrder ? one : other, isInOrder ? other : one);
    },
    conflict: conflictFinder(table, (type) => exclusive.has(type)),
  };
}

function sameOrNot(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a === b ? 1 : 2;
}
