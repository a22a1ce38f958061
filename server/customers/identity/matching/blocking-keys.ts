import { field, ROW, type TableArrays } from "./record-table.ts";
import { mixed } from "./texts.ts";
import { SOUNDS_PER_WORD } from "./word-pool.ts";

/**
 * Two records are compared when they have a key in common. The classes in order: a pair is found by the first class that both share.
 * `leaves` names the columns that such a pair agrees on because of the key, so that nothing is learned of them from it.
 */
export const keyClasses = [
  { name: "identifier", leaves: ["identifier"] },
  { name: "phone", leaves: ["phone"] },
  { name: "email", leaves: ["email"] },
  { name: "local part of e-mail", leaves: ["email"] },
  { name: "given and family name", leaves: ["given", "family"] },
  { name: "birth", leaves: ["birth"] },
  { name: "a name and year of birth", leaves: ["given", "family", "birth"] },
  { name: "a name and day of birth", leaves: ["given", "family", "birth"] },
  { name: "a name and postcode", leaves: ["given", "family", "place"] },
  { name: "a name and city", leaves: ["given", "family", "place"] },
  { name: "house and street", leaves: ["address"] },
  { name: "beginnings of names", leaves: ["given", "family"] },
  { name: "a name", leaves: ["given", "family"], isCoarse: true },
  { name: "place and year of birth", leaves: ["place", "birth"], isCoarse: true },
  { name: "word of a company", leaves: ["organisation"] },
  { name: "two words of a company", leaves: ["organisation"] },
] as const;

const CLASS = Object.fromEntries(keyClasses.map(({ name }, place) => [name, place])) as Record<(typeof keyClasses)[number]["name"], number>;
const CLASS_BITS = 28;
const PHONE_DIGITS = 8;
const READINGS_MAX = 2;
const NAME_WORDS_MAX = 4;
const COMPANY_WORDS_MAX = 5;
const BEGINNING_UNITS = 3;

/** Whether a key of this class is only good as long as few have it: other classes hold the same thing together with something else. */
export function isCoarse(key: number): boolean {
  const keyClass = keyClasses[classOf(key)];
  return keyClass !== undefined && "isCoarse" in keyClass;
}

export function classOf(key: number): number {
  return key >>> CLASS_BITS;
}

/** A key holds its class in the upper four bits, so that keys in order are classes in order; always above 0 and below 2^32. */
function keyOf(keyClass: number, hash: number): number {
  return ((keyClass << CLASS_BITS) | (hash & 0xfffffff)) >>> 0 || 1;
}

/** All keys of one record in ascending order without repeats, at most some 60. Values taken for placeholders give none. */
export function blockingKeys(table: TableArrays, record: number): number[] {
  const keys: number[] = [];
  const add = (keyClass: number, hash: number) => keys.push(keyOf(keyClass, hash));
  addContactKeys(table, record, add);
  if (table.rows[record * ROW + field.kind] === 0) addPersonKeys(table, record, add);
  else addCompanyKeys(table, record, add);
  return inOrder(keys);
}

/** Ascending and without repeats. */
export function inOrder(keys: readonly number[]): number[] {
  const sorted = Uint32Array.from(keys).sort();
  const answer: number[] = [];
  for (let at = 0; at < sorted.length; at += 1) if (at === 0 || sorted[at] !== sorted[at - 1]) answer.push(sorted[at] as number);
  return answer;
}

type Add = (keyClass: number, hash: number) => void;

function addContactKeys(table: TableArrays, record: number, add: Add): void {
  const { rows, values, words } = table;
  // People and organisations are never compared: what they share must not bring them together.
  const kind = (table.rows[record * ROW + field.kind] as number) + 1;
  const of = (id: number) => mixed(words.hash[id] as number, kind);
  for (let place = rows[record * ROW + field.identifiers] as number; place < (rows[record * ROW + field.end] as number); place += 3) {
    const id = values[place + 1] as number;
    if (id !== 0) add(CLASS.identifier, of(id));
  }
  for (let place = rows[record * ROW + field.phones] as number; place < (rows[record * ROW + field.emails] as number); place += 1) {
    const id = values[place] as number;
    if (id !== 0) add(CLASS.phone, mixed(lastUnits(table, id, PHONE_DIGITS), kind));
  }
  for (let place = rows[record * ROW + field.emails] as number; place < (rows[record * ROW + field.identifiers] as number); place += 2) {
    if (values[place] === 0) continue;
    add(CLASS.email, of(values[place] as number));
    add(CLASS["local part of e-mail"], of(values[place + 1] as number));
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
      add(CLASS["house and street"], mixed(of(number), nearSound(table, values[place + 4 + word] as number, 0)));
    if (values[place + 1] !== 0) add(CLASS["house and street"], mixed(of(number), of(values[place + 1] as number)));
  }
}

function addPersonKeys(table: TableArrays, record: number, add: Add): void {
  const birth = table.rows[record * ROW + field.birth] as number;
  const year = (birth / 10_000) | 0;
  if (birth % 100 !== 0) add(CLASS.birth, mixed(birth, 1));
  const { postcodes, cities } = placesOf(table, record);
  if (year !== 0) {
    for (const place of [...postcodes, ...cities]) add(CLASS["place and year of birth"], mixed(table.words.hash[place] as number, year));
  }
  for (const { given, family } of formsOf(table, record)) {
    for (const one of given) {
      for (const other of family) {
        eachSound(table, one, (left) => eachSound(table, other, (right) => add(CLASS["given and family name"], unordered(left, right))));
        add(CLASS["beginnings of names"], unordered(firstUnits(table, one), firstUnits(table, other)));
      }
    }
    const isAlone = given.length === 0;
    for (const word of [...given.slice(0, 1), ...family]) {
      add(CLASS["a name"], nearSound(table, word, 0));
      eachSound(table, word, (sound) => {
        if (isAlone) add(CLASS["given and family name"], sound);
        if (year !== 0) add(CLASS["a name and year of birth"], mixed(sound, year));
        if (birth % 100 !== 0) add(CLASS["a name and day of birth"], mixed(sound, birth % 10_000));
        for (const postcode of postcodes) add(CLASS["a name and postcode"], mixed(sound, table.words.hash[postcode] as number));
        for (const city of cities) add(CLASS["a name and city"], mixed(sound, nearSound(table, city, 0)));
      });
    }
  }
}

function addCompanyKeys(table: TableArrays, record: number, add: Add): void {
  for (const { family } of formsOf(table, record)) {
    const words = family.slice(0, COMPANY_WORDS_MAX);
    for (const [place, word] of words.entries()) {
      const sound = nearSound(table, word, 0);
      add(CLASS["word of a company"], sound);
      for (const other of words.slice(place + 1)) add(CLASS["two words of a company"], unordered(sound, nearSound(table, other, 0)));
    }
  }
}

interface Form {
  readonly given: readonly number[];
  readonly family: readonly number[];
}

function formsOf({ rows, values }: TableArrays, record: number): Form[] {
  const forms: Form[] = [];
  for (let place = rows[record * ROW + field.names] as number; place < (rows[record * ROW + field.addresses] as number); ) {
    const header = values[place] as number;
    const [given, family] = [header & 0xff, header >> 8];
    const words = [...values.subarray(place + 1, place + 1 + given + family)];
    forms.push({ given: words.slice(0, Math.min(given, 2)), family: words.slice(given, given + NAME_WORDS_MAX) });
    place += 1 + given + family;
  }
  return forms;
}

function placesOf({ rows, values }: TableArrays, record: number): { postcodes: number[]; cities: number[] } {
  const found = { postcodes: new Set<number>(), cities: new Set<number>() };
  for (
    let place = rows[record * ROW + field.addresses] as number;
    place < (rows[record * ROW + field.phones] as number);
    place += 4 + (values[place + 3] as number)
  ) {
    if (values[place + 1] !== 0) found.postcodes.add(values[place + 1] as number);
    if (values[place + 2] !== 0) found.cities.add(values[place + 2] as number);
  }
  return { postcodes: [...found.postcodes], cities: [...found.cities] };
}

/** What a block that grew too large is parted by: one more thing known of the record. Empty when nothing is. */
export function refinements(table: TableArrays, record: number): number[] {
  const parts: number[] = [];
  const birth = table.rows[record * ROW + field.birth] as number;
  if (birth !== 0) parts.push(mixed(birth, 2));
  const { postcodes, cities } = placesOf(table, record);
  const [postcode = 0] = postcodes;
  const [city = 0] = cities;
  if (postcode !== 0) parts.push(mixed(table.words.hash[postcode] as number, 3));
  else if (city !== 0) parts.push(mixed(nearSound(table, city, 0), 4));
  const [form] = formsOf(table, record);
  const [first, last] = [form?.given[0] ?? form?.family[0] ?? 0, form?.family.at(-1) ?? 0];
  if (first !== 0) parts.push(mixed(unordered(nearSound(table, first, 0), nearSound(table, last, 0)), 5));
  const place = table.rows[record * ROW + field.addresses] as number;
  if (place < (table.rows[record * ROW + field.phones] as number) && table.values[place] !== 0)
    parts.push(mixed(table.words.hash[table.values[place] as number] as number, 6));
  return parts;
}

/** The key of a block parted by a refinement: of the same class. */
export function refinedKey(key: number, refinement: number): number {
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

function eachSound(table: TableArrays, word: number, use: (sound: number) => void): void {
  for (let reading = 0; reading < READINGS_MAX; reading += 1) {
    const sound = nearSound(table, word, reading);
    if (sound !== 0) use(sound);
  }
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
