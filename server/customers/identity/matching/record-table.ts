import { fold } from "../../../platform/text/index.ts";
import { legalFormOf, organisationForm } from "./organisation-name.ts";
import { isNoName, type NameForm, personForms } from "./person-name.ts";
import { dayNumber, emailOf, identifierValue, phoneDigits, sexOf } from "./plain-values.ts";
import type { MatchAddress, MatchIdentifier, MatchName, MatchRecord } from "./record.ts";
import { sortKeys } from "./sorted-keys.ts";
import { streetOf } from "./street.ts";
import { Vector } from "./vector.ts";
import { hashText, type PoolContents, type WordArrays, WordPool } from "./word-pool.ts";

/**
 * Records as columns in shared memory. Lists are rows of numbers: those of record r stand from `…From[r]` to `…From[r + 1]`.
 * A name form is a header (given words, family words << 8) and its words; an address is number, postal code, city, count of words and its words;
 * an e-mail is whole and local part; an identifier is type, value, verified.
 */
export interface TableArrays {
  readonly count: number;
  /** Follows from source and key: which of two records is compared with which must not depend on who came first. */
  readonly rank: Uint32Array;
  readonly kind: Uint8Array;
  readonly source: Uint32Array;
  readonly birth: Uint32Array;
  readonly sex: Uint32Array;
  readonly nationality: Uint32Array;
  readonly legalForm: Uint32Array;
  readonly namesFrom: Uint32Array;
  readonly names: Uint32Array;
  readonly addressesFrom: Uint32Array;
  readonly addresses: Uint32Array;
  readonly phonesFrom: Uint32Array;
  readonly phones: Uint32Array;
  readonly emailsFrom: Uint32Array;
  readonly emails: Uint32Array;
  readonly identifiersFrom: Uint32Array;
  readonly identifiers: Uint32Array;
  readonly words: WordArrays;
}

/** Nobody has two of these from one country at a time: two that are verified and differ keep records apart. A passport is renewed under a new number. */
const EXCLUSIVE_SCHEMES = new Set(["national_id", "tax_id", "registration", "lei"]);

const VALUES_EACH_MAX = 4;
const ADDRESSES_MAX = 3;

const columnNames = ["source", "birth", "sex", "nationality", "legalForm"] as const;
const listNames = ["names", "addresses", "phones", "emails", "identifiers"] as const;
type Column = (typeof columnNames)[number];
type List = (typeof listNames)[number];

type CopyList = (list: Uint32Array, from: number, to: number, idOf: (id: number) => number, into: Vector<Uint32Array>) => void;

const copyIds: CopyList = (list, from, to, idOf, into) => {
  for (let at = from; at < to; at += 1) into.push(idOf(list[at] as number));
};

/** Rows of `each` numbers of which those at the places `plain` are no texts. */
function copyRows(each: number, plain: number): CopyList {
  return (list, from, to, idOf, into) => {
    for (let at = from; at < to; at += 1) into.push((at - from) % each === plain ? (list[at] as number) : idOf(list[at] as number));
  };
}

/** Headers tell how many words follow them: `header` numbers, the one at `counts` first. */
function copyCounted(header: number, counts: number, wordsOf: (count: number) => number): CopyList {
  return (list, from, to, idOf, into) => {
    for (let at = from; at < to; ) {
      const words = wordsOf(list[at + counts] as number);
      for (let place = 0; place < header + words; place += 1)
        into.push(place === counts ? (list[at + place] as number) : idOf(list[at + place] as number));
      at += header + words;
    }
  };
}

/** How the rows of each list go over into a table whose texts have other numbers. */
const copyList: Readonly<Record<List, CopyList>> = {
  names: copyCounted(1, 0, (count) => (count & 0xff) + (count >> 8)),
  addresses: copyCounted(4, 3, (count) => count),
  phones: copyIds,
  emails: copyIds,
  identifiers: copyRows(3, 2),
};

/** A whole table, for another one. */
export interface TableContents {
  readonly refs: readonly string[];
  readonly exclusiveTypes: ReadonlySet<number>;
  readonly arrays: TableArrays;
  readonly pool: PoolContents;
}

/** Grows by one record at a time; one table serves bulk runs, increments and questions. Memory is about 250 bytes a record beside its texts. */
export class RecordTable {
  readonly pool = new WordPool();
  /** Numbers of the types of identifier of which nobody has two. */
  readonly exclusiveTypes = new Set<number>();
  private readonly refs: string[] = [];
  private readonly refHashes = new Vector(Uint32Array);
  private readonly kind = new Vector(Uint8Array);
  private readonly columns = Object.fromEntries(columnNames.map((name) => [name, new Vector(Uint32Array)])) as Record<
    Column,
    Vector<Uint32Array>
  >;
  private readonly lists = Object.fromEntries(listNames.map((name) => [name, new Vector(Uint32Array)])) as Record<
    List,
    Vector<Uint32Array>
  >;
  private readonly starts = Object.fromEntries(listNames.map((name) => [name, new Vector(Uint32Array)])) as Record<
    List,
    Vector<Uint32Array>
  >;

  constructor() {
    for (const name of listNames) this.starts[name].push(0);
  }

  get count(): number {
    return this.refs.length;
  }

  /** Source and key of a record: what decides its place in any order. */
  refOf(record: number): string {
    return this.refs[record] ?? "";
  }

  /** The number of the record in this table, from 0. */
  add(record: MatchRecord): number {
    const ref = `${record.source}\t${record.key}`;
    this.refs.push(ref);
    this.refHashes.push(hashText(ref));
    this.kind.push(record.kind === "person" ? 0 : 1);
    this.columns.source.push(this.pool.value(record.source));
    this.columns.birth.push(dayNumber(record.birthDate ?? ""));
    this.columns.sex.push(this.pool.value(sexOf(record.sex ?? "")));
    this.columns.nationality.push(this.pool.value(fold(record.nationality ?? "")));
    const names = (record.names ?? []).filter((name) => !isNoName(name));
    const inName = record.kind === "person" ? this.addPersonNames(names) : this.addOrganisationNames(names);
    const legalForm = record.legalForm === undefined ? inName : legalFormOf(record.legalForm);
    this.columns.legalForm.push(this.pool.value(record.kind === "person" ? "" : legalForm));
    this.addAddresses(record.addresses ?? []);
    for (const digits of new Set((record.phones ?? []).slice(0, VALUES_EACH_MAX).map(phoneDigits))) {
      if (digits !== "") this.lists.phones.push(this.pool.value(digits));
    }
    for (const text of (record.emails ?? []).slice(0, VALUES_EACH_MAX)) {
      const email = emailOf(text);
      if (email !== null) {
        this.lists.emails.push(this.pool.value(email.whole));
        this.lists.emails.push(this.pool.value(email.local));
      }
    }
    this.addIdentifiers(record.identifiers ?? []);
    for (const name of listNames) this.starts[name].push(this.lists[name].length);
    return this.refs.length - 1;
  }

  contents(): TableContents {
    return { refs: this.refs, exclusiveTypes: this.exclusiveTypes, arrays: this.arrays(), pool: this.pool.contents() };
  }

  /** Takes the texts of another table in. Answers what adds its records from one number up to another. */
  absorber({ refs, exclusiveTypes, arrays, pool }: TableContents): (from: number, to: number) => void {
    const ids = this.pool.absorb(pool);
    const idOf = (id: number) => ids[id] as number;
    for (const type of exclusiveTypes) this.exclusiveTypes.add(idOf(type));
    return (from, to) => {
      for (let record = from; record < to; record += 1) {
        this.refs.push(refs[record] ?? "");
        this.refHashes.push(arrays.rank[record] as number);
        this.kind.push(arrays.kind[record] as number);
        for (const name of columnNames) {
          const value = arrays[name][record] as number;
          this.columns[name].push(name === "birth" ? value : idOf(value));
        }
        for (const name of listNames) {
          copyList[name](
            arrays[name],
            arrays[`${name}From`][record] as number,
            arrays[`${name}From`][record + 1] as number,
            idOf,
            this.lists[name],
          );
          this.starts[name].push(this.lists[name].length);
        }
      }
    };
  }

  /** Takes the record added last away again; its texts stay in the pool. */
  removeLast(): void {
    this.refs.pop();
    this.refHashes.length -= 1;
    this.kind.length -= 1;
    for (const name of columnNames) this.columns[name].length -= 1;
    for (const name of listNames) {
      this.starts[name].length -= 1;
      this.lists[name].length = this.starts[name].values[this.count] ?? 0;
    }
  }

  /** One number per record that follows from its source and key alone: decides ties wherever two links are equally sure. */
  ranks(): Uint32Array {
    return this.refHashes.values;
  }

  /** The records in an order that follows from their sources and keys alone, not from who came first. */
  order(): Uint32Array {
    const { keys, records } = sortKeys(this.refHashes.values.slice(0, this.count), Uint32Array.from(this.refs.keys()));
    for (let from = 0; from < keys.length; ) {
      let to = from + 1;
      while (to < keys.length && keys[to] === keys[from]) to += 1;
      if (to - from > 1) records.subarray(from, to).sort((a, b) => (this.refOf(a) < this.refOf(b) ? -1 : 1));
      from = to;
    }
    return records;
  }

  arrays(): TableArrays {
    const column = (name: Column) => this.columns[name].values;
    const list = (name: List) => this.lists[name].values;
    const from = (name: List) => this.starts[name].values;
    return {
      count: this.count,
      rank: this.refHashes.values,
      kind: this.kind.values,
      source: column("source"),
      birth: column("birth"),
      sex: column("sex"),
      nationality: column("nationality"),
      legalForm: column("legalForm"),
      namesFrom: from("names"),
      names: list("names"),
      addressesFrom: from("addresses"),
      addresses: list("addresses"),
      phonesFrom: from("phones"),
      phones: list("phones"),
      emailsFrom: from("emails"),
      emails: list("emails"),
      identifiersFrom: from("identifiers"),
      identifiers: list("identifiers"),
      words: this.pool.arrays(),
    };
  }

  private addPersonNames(names: readonly MatchName[]): string {
    for (const form of personForms(names)) this.addForm(form);
    return "";
  }

  private addForm({ given, family }: NameForm): void {
    const list = this.lists.names;
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
    const list = this.lists.addresses;
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
    const list = this.lists.identifiers;
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
