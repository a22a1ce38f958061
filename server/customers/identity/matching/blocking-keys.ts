import { KeyList } from "./key-list.ts";
import { field, ROW, type TableArrays } from "./record-table.ts";
import { mixed } from "./texts.ts";
import { SOUNDS_PER_WORD } from "./word-pool.ts";

/**
 * Two records are compared when they have a key in common. The classes in order: a pair is found by the first class that both share.
 * `leaves` names the columns that such a pair agrees on because of the key, so that nothing is learned of them from it; `kind` the only kind of record that
 * has such keys.
 */
export const keyClasses = [
  { name: "identifier", leaves: ["identifier"] },
  { name: "phone", leaves: ["phone"] },
  { name: "email", leaves: ["email"] },
  { name: "local part of e-mail", leaves: ["email"] },
  { name: "given and family name", leaves: ["given", "family"], kind: 0 },
  { name: "birth", leaves: ["birth"], kind: 0 },
  { name: "a name and year of birth", leaves: ["given", "family", "birth"], kind: 0 },
  { name: "a name and day of birth", leaves: ["given", "family", "birth"], kind: 0 },
  { name: "a name and postcode", leaves: ["given", "family", "place"], kind: 0 },
  { name: "a name and city", leaves: ["given", "family", "place"], kind: 0 },
  { name: "house and street", leaves: ["address"] },
  { name: "beginnings of names", leaves: ["given", "family"], kind: 0 },
  { name: "a name", leaves: ["given", "family"], kind: 0, isCoarse: true },
  { name: "place and year of birth", leaves: ["place", "birth"], kind: 0, isCoarse: true },
  { name: "word of a company", leaves: ["organisation"], kind: 1 },
  { name: "two words of a company", leaves: ["organisation"], kind: 1 },
] as const;

const CLASS = Object.fromEntries(keyClasses.map(({ name }, place) => [name, place])) as Record<(typeof keyClasses)[number]["name"], number>;
const CLASS_BITS = 28;
const PHONE_DIGITS = 8;
const READINGS_MAX = 2;
const GIVEN_WORDS_MAX = 2;
const NAME_WORDS_MAX = 4;
const COMPANY_WORDS_MAX = 4;
const BEGINNING_UNITS = 3;

/** Whether a key of this class is only good as long as few have it: other classes hold the same thing together with something else. */
export function isCoarse(key: number): boolean {
  const keyClass = keyClasses[classOf(key)];
  return keyClass !== undefined && "isCoarse" in keyClass;
}

export function classOf(key: number): number {
  return key >>> CLASS_BITS;
}

/** Where the keys of a class begin; those of the class behind the last one nowhere. */
export function firstKeyOf(keyClass: number): number {
  return keyClass * 2 ** CLASS_BITS;
}

/** A key holds its class in the upper four bits, so that keys in order are classes in order; always above 0 and below 2^32. */
function keyOf(keyClass: number, hash: number): number {
  return ((keyClass << CLASS_BITS) | (hash & 0xfffffff)) >>> 0 || 1;
}

function add(keys: KeyList, keyClass: number, hash: number): void {
  keys.add(keyOf(keyClass, hash));
}

/** All keys of one record in ascending order without repeats, mostly fewer than 60, into `keys`. Values taken for placeholders give none. */
export function blockingKeys(table: TableArrays, record: number, keys: KeyList): void {
  keys.length = 0;
  addContactKeys(table, record, keys);
  if (table.rows[record * ROW + field.kind] === 0) addPersonKeys(table, record, keys);
  else addCompanyKeys(table, record, keys);
  keys.settle();
}

function addContactKeys(table: TableArrays, record: number, keys: KeyList): void {
  const { rows, values, words } = table;
  // People and organisations are never compared: what they share must not bring them together.
  const kind = (table.rows[record * ROW + field.kind] as number) + 1;
  const of = (id: number) => mixed(words.hash[id] as number, kind);
  for (let place = rows[record * ROW + field.identifiers] as number; place < (rows[record * ROW + field.end] as number); place += 3) {
    const id = values[place + 1] as number;
    if (id !== 0) add(keys, CLASS.identifier, of(id));
  }
  for (let place = rows[record * ROW + field.phones] as number; place < (rows[record * ROW + field.emails] as number); place += 1) {
    const id = values[place] as number;
    if (id !== 0) add(keys, CLASS.phone, mixed(lastUnits(table, id, PHONE_DIGITS), kind));
  }
  for (let place = rows[record * ROW + field.emails] as number; place < (rows[record * ROW + field.identifiers] as number); place += 2) {
    if (values[place] === 0) continue;
    add(keys, CLASS.email, of(values[place] as number));
    add(keys, CLASS["local part of e-mail"], of(values[place + 1] as number));
  }
  for (
    let place = rows[record * ROW + field.addresses] as number;
    place < (rows[record * ROW + field.phones] as number);
    place += 4 + (values[place + 3] as number)
  ) {
    const number = values[place] as number;
    const count = values[place + 3] as number;
    if (number === 0) continue;
    for (let word = 0; word < Math.min(count, 2); word += 1)
      add(keys, CLASS["house and street"], mixed(of(number), nearSound(table, values[place + 4 + word] as number, 0)));
    if (values[place + 1] !== 0) add(keys, CLASS["house and street"], mixed(of(number), of(values[place + 1] as number)));
  }
}

function addPersonKeys(table: TableArrays, record: number, keys: KeyList): void {
  const { rows, values, words } = table;
  const birth = rows[record * ROW + field.birth] as number;
  const year = (birth / 10_000) | 0;
  if (birth % 100 !== 0) add(keys, CLASS.birth, mixed(birth, 1));
  const postcodes = placesOf(table, record, POSTCODE);
  const cities = placesOf(table, record, CITY);
  if (year !== 0) {
    for (const place of postcodes) add(keys, CLASS["place and year of birth"], mixed(words.hash[place] as number, year));
    for (const place of cities) add(keys, CLASS["place and year of birth"], mixed(words.hash[place] as number, year));
  }
  const addWord = (word: number, isAlone: boolean) => {
    add(keys, CLASS["a name"], nearSound(table, word, 0));
    for (let reading = 0; reading < READINGS_MAX; reading += 1) {
      const sound = nearSound(table, word, reading);
      if (sound === 0) continue;
      if (isAlone) add(keys, CLASS["given and family name"], sound);
      if (year !== 0) add(keys, CLASS["a name and year of birth"], mixed(sound, year));
      if (birth % 100 !== 0) add(keys, CLASS["a name and day of birth"], mixed(sound, birth % 10_000));
      for (const postcode of postcodes) add(keys, CLASS["a name and postcode"], mixed(sound, words.hash[postcode] as number));
      for (const city of cities) add(keys, CLASS["a name and city"], mixed(sound, nearSound(table, city, 0)));
    }
  };
  for (let header = rows[record * ROW + field.names] as number; header < (rows[record * ROW + field.addresses] as number); ) {
    const [given, family] = [(values[header] as number) & 0xff, (values[header] as number) >> 8];
    const familyFrom = header + 1 + given;
    const familyTo = familyFrom + Math.min(family, NAME_WORDS_MAX);
    for (let one = header + 1; one < header + 1 + Math.min(given, GIVEN_WORDS_MAX); one += 1) {
      for (let other = familyFrom; other < familyTo; other += 1) addTwoNames(table, keys, values[one] as number, values[other] as number);
    }
    if (given > 0) addWord(values[header + 1] as number, false);
    for (let at = familyFrom; at < familyTo; at += 1) addWord(values[at] as number, given === 0);
    header = familyFrom + family;
  }
}

function addTwoNames(table: TableArrays, keys: KeyList, one: number, other: number): void {
  for (let left = 0; left < READINGS_MAX; left += 1) {
    const sound = nearSound(table, one, left);
    for (let right = 0; right < READINGS_MAX && sound !== 0; right += 1) {
      const otherSound = nearSound(table, other, right);
      if (otherSound !== 0) add(keys, CLASS["given and family name"], unordered(sound, otherSound));
    }
  }
  add(keys, CLASS["beginnings of names"], unordered(firstUnits(table, one), firstUnits(table, other)));
}

function addCompanyKeys(table: TableArrays, record: number, keys: KeyList): void {
  const { rows, values } = table;
  for (let header = rows[record * ROW + field.names] as number; header < (rows[record * ROW + field.addresses] as number); ) {
    const words = (values[header] as number) >> 8;
    const to = header + 1 + Math.min(words, COMPANY_WORDS_MAX);
    for (let one = header + 1; one < to; one += 1) {
      const sound = nearSound(table, values[one] as number, 0);
      add(keys, CLASS["word of a company"], sound);
      for (let other = one + 1; other < to; other += 1)
        add(keys, CLASS["two words of a company"], unordered(sound, nearSound(table, values[other] as number, 0)));
    }
    header += 1 + words;
  }
}

const [POSTCODE, CITY] = [1, 2];

/** The postal codes or the cities of all addresses, each once. */
function placesOf({ rows, values }: TableArrays, record: number, which: number): number[] {
  const found: number[] = [];
  for (
    let address = rows[record * ROW + field.addresses] as number;
    address < (rows[record * ROW + field.phones] as number);
    address += 4 + (values[address + 3] as number)
  ) {
    const place = values[address + which] as number;
    if (place !== 0 && !found.includes(place)) found.push(place);
  }
  return found;
}

/** The keys of one record, ascending without repeats. Those of too large blocks are replaced by refined ones. */
export function keysOfRecord(table: TableArrays, record: number, isTooLarge: (key: number) => boolean = () => false): number[] {
  const keys = new KeyList();
  blockingKeys(table, record, keys);
  refineKeys(table, record, keys, isTooLarge);
  return [...keys.values.subarray(0, keys.length)];
}

/** Replaces the keys of too large blocks by refined ones; coarse ones just go. */
export function refineKeys(table: TableArrays, record: number, keys: KeyList, isTooLarge: (key: number) => boolean): void {
  const plain = keys.length;
  let kept = 0;
  let parts: number[] | undefined;
  for (let at = 0; at < plain; at += 1) {
    const key = keys.values[at] as number;
    if (!isTooLarge(key)) {
      keys.values[kept] = key;
      kept += 1;
      continue;
    }
    parts ??= refinements(table, record);
    if (isCoarse(key)) continue;
    for (const part of parts) keys.add(refinedKey(key, part));
  }
  if (parts === undefined) return;
  keys.values.copyWithin(kept, plain, keys.length);
  keys.length += kept - plain;
  keys.settle();
}

/** What a block that grew too large is parted by: one more thing known of the record. Empty when nothing is. */
function refinements(table: TableArrays, record: number): number[] {
  const parts: number[] = [];
  const birth = table.rows[record * ROW + field.birth] as number;
  if (birth !== 0) parts.push(mixed(birth, 2));
  const [postcode = 0] = placesOf(table, record, POSTCODE);
  const [city = 0] = placesOf(table, record, CITY);
  if (postcode !== 0) parts.push(mixed(table.words.hash[postcode] as number, 3));
  else if (city !== 0) parts.push(mixed(nearSound(table, city, 0), 4));
  const header = table.rows[record * ROW + field.names] as number;
  if (header < (table.rows[record * ROW + field.addresses] as number)) {
    const [given, family] = [(table.values[header] as number) & 0xff, (table.values[header] as number) >> 8];
    const first = table.values[header + 1] as number;
    const last = family === 0 ? 0 : (table.values[header + given + Math.min(family, NAME_WORDS_MAX)] as number);
    if (first !== 0) parts.push(mixed(unordered(nearSound(table, first, 0), nearSound(table, last, 0)), 5));
  }
  const place = table.rows[record * ROW + field.addresses] as number;
  if (place < (table.rows[record * ROW + field.phones] as number) && table.values[place] !== 0)
    parts.push(mixed(table.words.hash[table.values[place] as number] as number, 6));
  return parts;
}

/** The key of a block parted by a refinement: of the same class. */
function refinedKey(key: number, refinement: number): number {
  return keyOf(classOf(key), mixed(key, refinement));
}

function unordered(a: number, b: number): number {
  return mixed(Math.min(a, b), Math.max(a, b));
}

/** The first reading of a word as an Arabic ear hears it; the word itself where it has none (Chinese, numbers, other scripts). */
function nearSound({ words }: TableArrays, word: number, reading: number): number {
  const sound = words.sounds[word * SOUNDS_PER_WORD + reading] as number;
  if (sound === 0) return reading === 0 ? (words.hash[word] as number) : 0;
  return words.hash[sound] as number;
}

function firstUnits({ words }: TableArrays, word: number): number {
  return unitsHash(words.units, words.from[word] as number, Math.min(words.length[word] as number, BEGINNING_UNITS));
}

function lastUnits({ words }: TableArrays, word: number, count: number): number {
  const length = words.length[word] as number;
  const used = Math.min(length, count);
  return unitsHash(words.units, (words.from[word] as number) + length - used, used);
}

function unitsHash(units: Uint16Array, from: number, length: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < from + length; at += 1) hash = Math.imul(hash ^ (units[at] as number), 0x01000193);
  return hash >>> 0;
}
