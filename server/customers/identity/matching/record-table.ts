import { fold } from "../../../platform/text/index.ts";
import { legalFormOf, organisationForm } from "./organisation-name.ts";
import { isNoName, type NameForm, personForms } from "./person-name.ts";
import { dayNumber, emailOf, identifierValue, phoneDigits, sexOf } from "./plain-values.ts";
import type { MatchAddress, MatchIdentifier, MatchName, MatchRecord } from "./record.ts";
import { sortKeys } from "./sorted-keys.ts";
import { streetOf } from "./street.ts";
import { type TextArrays, Texts } from "./texts.ts";
import { Vector } from "./vector.ts";
import { type PoolContents, type WordArrays, WordPool } from "./word-pool.ts";

/**
 * Records as rows of numbers in shared memory, so that one look brings in all that two records are compared by. Row r stands from `r * ROW` on, its fields as
 * in `field`; each list of the record stands in `values` from the place its field says to the place the next field says.
 * A name form is a header (given words, family words << 8) and its words; an address is number, postal code, city, count of words and its words;
 * an e-mail is whole and local part; an identifier is type, value, verified.
 */
export interface TableArrays {
  readonly count: number;
  readonly rows: Uint32Array;
  readonly values: Uint32Array;
  readonly words: WordArrays;
}

/** A line of the processor's cache. */
export const ROW = 16;

/** `rank` follows from source and key: which of two records is compared with which must not depend on who came first. `end` is where the lists end. */
export const field = {
  ...{ rank: 0, kind: 1, source: 2, birth: 3, sex: 4, nationality: 5, legalForm: 6 },
  ...{ names: 7, addresses: 8, phones: 9, emails: 10, identifiers: 11, end: 12 },
} as const;

/** Nobody has two of these from one country at a time: two that are verified and differ keep records apart. A passport is renewed under a new number. */
const EXCLUSIVE_SCHEMES = new Set(["national_id", "tax_id", "registration", "lei"]);

const VALUES_EACH_MAX = 4;
const ADDRESSES_MAX = 3;

const textFields = ["source", "sex", "nationality", "legalForm"] as const;
const lists = ["names", "addresses", "phones", "emails", "identifiers"] as const;

/** Gives the texts of one list other numbers, in place. */
type Renumber = (list: Uint32Array, from: number, to: number, ids: Uint32Array) => void;

/** Rows of `each` numbers of which those at the place `plain` are no texts. */
function rowsOf(each: number, plain = each): Renumber {
  return (list, from, to, ids) => {
    for (let at = from; at < to; at += 1) if ((at - from) % each !== plain) list[at] = ids[list[at] as number] as number;
  };
}

/** Headers tell how many words follow them: `header` numbers, the one at `counts` first. */
function counted(header: number, counts: number, wordsOf: (count: number) => number): Renumber {
  return (list, from, to, ids) => {
    for (let at = from; at < to; ) {
      const end = at + header + wordsOf(list[at + counts] as number);
      for (let place = at; place < end; place += 1) if (place !== at + counts) list[place] = ids[list[place] as number] as number;
      at = end;
    }
  };
}

/** How each list goes over into a table whose texts have other numbers. */
const renumber: Readonly<Record<(typeof lists)[number], Renumber>> = {
  names: counted(1, 0, (count) => (count & 0xff) + (count >> 8)),
  addresses: counted(4, 3, (count) => count),
  phones: rowsOf(1),
  emails: rowsOf(1),
  identifiers: rowsOf(3, 2),
};

/** A whole table, for another one. */
export interface TableContents {
  readonly refs: TextArrays;
  readonly exclusiveTypes: ReadonlySet<number>;
  readonly arrays: TableArrays;
  readonly pool: PoolContents;
}

/** Grows by one record at a time; one table serves bulk runs, increments and questions. Memory is about 200 bytes a record beside its texts. */
export class RecordTable {
  readonly pool = new WordPool();
  /** Numbers of the types of identifier of which nobody has two. */
  readonly exclusiveTypes = new Set<number>();
  private readonly refs = new Texts();
  private readonly refHashes = new Vector<Uint32Array>(Uint32Array);
  private readonly rows = new Vector<Uint32Array>(Uint32Array);
  private readonly values = new Vector<Uint32Array>(Uint32Array);
  private readonly row = new Uint32Array(ROW);

  get count(): number {
    return this.refs.count;
  }

  /** Source and key of a record: what decides its place in any order. */
  refOf(record: number): string {
    return this.refs.at(record);
  }

  /** The number of the record in this table, from 0. */
  add(record: MatchRecord): number {
    const { row, values } = this;
    const rank = this.refs.push(`${record.source}\t${record.key}`);
    this.refHashes.push(rank);
    row[field.rank] = rank;
    row[field.kind] = record.kind === "person" ? 0 : 1;
    row[field.source] = this.pool.value(record.source);
    row[field.birth] = dayNumber(record.birthDate ?? "");
    row[field.sex] = this.pool.value(sexOf(record.sex ?? ""));
    row[field.nationality] = this.pool.value(fold(record.nationality ?? ""));
    const names = (record.names ?? []).filter((name) => !isNoName(name));
    row[field.names] = values.length;
    const inName = record.kind === "person" ? this.addPersonNames(names) : this.addOrganisationNames(names);
    const legalForm = record.legalForm === undefined ? inName : legalFormOf(record.legalForm);
    row[field.legalForm] = this.pool.value(record.kind === "person" ? "" : legalForm);
    row[field.addresses] = values.length;
    this.addAddresses(record.addresses ?? []);
    row[field.phones] = values.length;
    for (const digits of new Set((record.phones ?? []).slice(0, VALUES_EACH_MAX).map(phoneDigits))) {
      if (digits !== "") values.push(this.pool.value(digits));
    }
    row[field.emails] = values.length;
    for (const text of (record.emails ?? []).slice(0, VALUES_EACH_MAX)) {
      const email = emailOf(text);
      if (email !== null) {
        values.push(this.pool.value(email.whole));
        values.push(this.pool.value(email.local));
      }
    }
    row[field.identifiers] = values.length;
    this.addIdentifiers(record.identifiers ?? []);
    row[field.end] = values.length;
    this.rows.append(row);
    return this.count - 1;
  }

  contents(): TableContents {
    return { refs: this.refs.arrays(), exclusiveTypes: this.exclusiveTypes, arrays: this.arrays(), pool: this.pool.contents() };
  }

  /** Takes the texts of another table in, which is not to be added to any more. Answers what adds its records from one number up to another. */
  absorber({ refs, exclusiveTypes, arrays, pool }: TableContents): (from: number, to: number) => void {
    const ids = this.pool.absorb(pool);
    for (const type of exclusiveTypes) this.exclusiveTypes.add(ids === null ? type : (ids[type] as number));
    return (from, to) => {
      if (from === to) return;
      this.refs.append(refs, from, to);
      this.absorb(arrays.rows.subarray(from * ROW, to * ROW), arrays.values, ids);
    };
  }

  /** Adds rows that follow each other, and their lists, with other numbers for their texts. */
  private absorb(rows: Uint32Array, values: Uint32Array, ids: Uint32Array | null): void {
    const [first, start] = [this.rows.length, this.values.length];
    const theirs = rows[field.names] as number;
    this.values.append(values.subarray(theirs, rows[rows.length - ROW + field.end]));
    this.rows.append(rows);
    const [own, ownValues] = [this.rows.values, this.values.values];
    for (let row = first; row < this.rows.length; row += ROW) {
      this.refHashes.push(own[row + field.rank] as number);
      for (let place = field.names; place <= field.end; place += 1) own[row + place] = (own[row + place] as number) - theirs + start;
      if (ids === null) continue;
      for (const name of textFields) own[row + field[name]] = ids[own[row + field[name]] as number] as number;
      for (const name of lists) renumber[name](ownValues, own[row + field[name]] as number, own[row + field[name] + 1] as number, ids);
    }
  }

  /** Takes the record added last away again; its texts stay in the pool. */
  removeLast(): void {
    this.refs.pop();
    this.refHashes.length -= 1;
    this.rows.length -= ROW;
    this.values.length = this.rows.values[this.rows.length + field.names] as number;
  }

  /** One number per record that follows from its source and key alone: decides ties wherever two links are equally sure. */
  ranks(): Uint32Array {
    return this.refHashes.values;
  }

  /** The records in an order that follows from their sources and keys alone, not from who came first. */
  order(): Uint32Array {
    const { keys, records } = sortKeys(
      this.refHashes.values.slice(0, this.count),
      Uint32Array.from({ length: this.count }, (_, record) => record),
    );
    for (let from = 0; from < keys.length; ) {
      let to = from + 1;
      while (to < keys.length && keys[to] === keys[from]) to += 1;
      if (to - from > 1) records.subarray(from, to).sort((a, b) => (this.refOf(a) < this.refOf(b) ? -1 : 1));
      from = to;
    }
    return records;
  }

  arrays(): TableArrays {
    return { count: this.count, rows: this.rows.values, values: this.values.values, words: this.pool.arrays() };
  }

  private addPersonNames(names: readonly MatchName[]): string {
    for (const form of personForms(names)) this.addForm(form);
    return "";
  }

  private addForm({ given, family }: NameForm): void {
    const list = this.values;
    list.push(given.length | (family.length << 8));
    for (const word of given) list.push(this.pool.word(word));
    for (const word of family) list.push(this.pool.word(word));
  }

  private addOrganisationNames(names: readonly MatchName[]): string {
    let legalForm = "";
    const seen = new Set<string>();
    for (const { full = "", given = "", family = "" } of names.slice(0, VALUES_EACH_MAX)) {
      const form = organisationForm(full === "" ? `${given} ${family}` : full);
      const key = form.words.join(" ");
      legalForm ||= form.legalForm;
      if (key === "" || seen.has(key)) continue;
      seen.add(key);
      this.addForm({ given: [], family: form.words });
    }
    return legalForm;
  }

  private addAddresses(addresses: readonly MatchAddress[]): void {
    const list = this.values;
    for (const address of addresses.slice(0, ADDRESSES_MAX)) {
      const { words, number, postalCode, city } = streetOf(address);
      if (words.length === 0 && number === "" && postalCode === "" && city === "") continue;
      list.push(this.pool.value(number));
      list.push(this.pool.value(postalCode));
      list.push(this.pool.word(city));
      list.push(words.length);
      for (const word of words) list.push(this.pool.word(word));
    }
  }

  private addIdentifiers(identifiers: readonly MatchIdentifier[]): void {
    const list = this.values;
    for (const { scheme, country = "", value, verified = false } of identifiers.slice(0, VALUES_EACH_MAX)) {
      const id = this.pool.value(identifierValue(value));
      if (id === 0) continue;
      const type = this.pool.value(`${scheme.toLowerCase()} ${country.toLowerCase()}`);
      if (EXCLUSIVE_SCHEMES.has(scheme.toLowerCase())) this.exclusiveTypes.add(type);
      list.push(type);
      list.push(id);
      list.push(verified ? 1 : 0);
    }
  }
}
