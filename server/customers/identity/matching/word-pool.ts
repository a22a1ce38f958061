import { scriptOf, wordSounds } from "../../../platform/text/index.ts";
import { UNITS_MAX } from "./similarity.ts";
import { sharedNumbers } from "./sorted-keys.ts";
import { type TextArrays, Texts } from "./texts.ts";
import { Vector } from "./vector.ts";

const SOUNDS_EACH = 4;
/** Sounds as Arabic and Persian writers hear them come first, then sounds as Chinese writers do; 0 is none. */
export const SOUNDS_PER_WORD = SOUNDS_EACH * 2;

export const scripts = { latin: 1, arabic: 2, chinese: 3, other: 4 } as const;

/** What a worker needs to compare words: their code units, script and sounds. */
export interface WordArrays {
  readonly units: Uint16Array;
  readonly from: Uint32Array;
  readonly length: Uint8Array;
  readonly script: Uint8Array;
  /** Numbers of the sounds, which are texts of the pool too. */
  readonly sounds: Uint32Array;
  /** The same for the same text in every table and on every machine. */
  readonly hash: Uint32Array;
  /** Which code units a word has, by their lower five bits. */
  readonly letters: Uint32Array;
  /** Sixteen bits each of its first and of its last four units: of two long texts one slip apart one of the two is the same. 0 for a short text. */
  readonly ends: Uint32Array;
}

/** A pool for another one. */
export interface PoolContents {
  readonly size: number;
  readonly texts: TextArrays;
  readonly words: WordArrays;
  readonly slots: Uint32Array;
}

const SLOTS_MIN = 1 << 12;

/** Every text once, known by a number from 1; 0 stands for a missing value everywhere. All in shared memory: millions of texts cost no collector anything. */
export class WordPool {
  private readonly texts = new Texts();
  private readonly lengths = new Vector<Uint8Array>(Uint8Array);
  private readonly scripts = new Vector<Uint8Array>(Uint8Array);
  private readonly sounds = new Vector<Uint32Array>(Uint32Array);
  private readonly hashes = new Vector<Uint32Array>(Uint32Array);
  private readonly letters = new Vector<Uint32Array>(Uint32Array);
  private readonly ends = new Vector<Uint32Array>(Uint32Array);
  /** Hashes of texts beside their numbers, by hash, the next free place taken where two meet; at least half of the places are free. */
  private slots: Uint32Array = sharedNumbers(SLOTS_MIN * 2);

  constructor() {
    this.texts.push("");
    this.addRow(0, 0);
  }

  get size(): number {
    return this.texts.count;
  }

  textOf(id: number): string {
    return this.texts.at(id);
  }

  find(text: string): number {
    return text === "" ? 0 : (this.slots[this.slotOf(this.texts.draft(text), text.length) + 1] as number);
  }

  /** The number of a value that is compared as it stands; an empty text is 0. */
  value(text: string): number {
    if (text === "") return 0;
    return this.idOfDraft(this.texts.draft(text), text.length);
  }

  /** The number of a folded word of a name, with its sounds. */
  word(text: string): number {
    if (text === "") return 0;
    const id = this.value(text);
    if (this.scripts.values[id] === 0) this.hear(id, text);
    return id;
  }

  arrays(): WordArrays {
    return {
      ...this.texts.arrays(),
      length: this.lengths.values,
      script: this.scripts.values,
      sounds: this.sounds.values,
      hash: this.hashes.values,
      letters: this.letters.values,
      ends: this.ends.values,
    };
  }

  contents(): PoolContents {
    return { size: this.size, texts: this.texts.arrays(), words: this.arrays(), slots: this.slots };
  }

  /** Takes the texts of another pool in, which is not to be added to any more. Answers the number each has here; null where all keep theirs. */
  absorb(given: PoolContents): Uint32Array | null {
    if (this.size === 1) {
      this.adopt(given);
      return null;
    }
    const { size, words } = given;
    const { units, from } = given.texts;
    const ids = new Uint32Array(size);
    for (let theirs = 1; theirs < size; theirs += 1) {
      const text = units.subarray(from[theirs], from[theirs + 1]);
      const hash = words.hash[theirs] as number;
      this.texts.draftUnits(text);
      ids[theirs] = this.idOfDraft(hash, text.length);
    }
    for (const [theirs, id] of ids.entries()) {
      const script = words.script[theirs] as number;
      if (script === 0 || this.scripts.values[id] !== 0) continue;
      this.scripts.values[id] = script;
      for (let at = 0; at < SOUNDS_PER_WORD; at += 1)
        this.sounds.values[id * SOUNDS_PER_WORD + at] = ids[words.sounds[theirs * SOUNDS_PER_WORD + at] as number] as number;
    }
    return ids;
  }

  private adopt({ size, texts, words, slots }: PoolContents): void {
    this.texts.adopt(texts, size);
    this.lengths.adopt(words.length, size);
    this.scripts.adopt(words.script, size);
    this.sounds.adopt(words.sounds, size * SOUNDS_PER_WORD);
    this.hashes.adopt(words.hash, size);
    this.letters.adopt(words.letters, size);
    this.ends.adopt(words.ends, size);
    this.slots = slots;
  }

  /** Where the text that was written behind the last one stands among the slots, or would. */
  private slotOf(hash: number, length: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    for (let slot = (hash * 2) & mask; ; slot = (slot + 2) & mask) {
      const id = slots[slot + 1] as number;
      if (id === 0 || (slots[slot] === hash && this.texts.isDraft(id, length))) return slot;
    }
  }

  /** The number of the text that was written behind the last one, which is added where it is new. */
  private idOfDraft(hash: number, length: number): number {
    const slot = this.slotOf(hash, length);
    const known = this.slots[slot + 1] as number;
    if (known !== 0) return known;
    const id = this.size;
    this.texts.keep(length);
    this.slots[slot] = hash;
    this.slots[slot + 1] = id;
    this.addRow(id, hash);
    if (this.size * 4 > this.slots.length) this.spread();
    return id;
  }

  private spread(): void {
    const slots = sharedNumbers(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 1; id < this.size; id += 1) {
      const hash = this.hashes.values[id] as number;
      let slot = (hash * 2) & mask;
      while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
      slots[slot] = hash;
      slots[slot + 1] = id;
    }
    this.slots = slots;
  }

  private addRow(id: number, hash: number): void {
    const { units, from } = this.texts.arrays();
    const start = from[id] as number;
    const length = Math.min((from[id + 1] as number) - start, UNITS_MAX);
    let letters = 0;
    for (let at = start; at < start + length; at += 1) letters |= 1 << ((units[at] as number) & 31);
    this.lengths.push(length);
    this.scripts.push(0);
    this.hashes.push(hash);
    this.letters.push(letters >>> 0);
    this.ends.push(length < ENDS_LENGTH_MIN ? 0 : endOf(units, start) | (endOf(units, start + length - END_UNITS) << 16));
    for (let at = 0; at < SOUNDS_PER_WORD; at += 1) this.sounds.push(0);
  }

  private hear(id: number, text: string): void {
    this.scripts.values[id] = scripts[scriptOf(text)];
    let near = id * SOUNDS_PER_WORD;
    let far = near + SOUNDS_EACH;
    const nearEnd = far;
    const farEnd = far + SOUNDS_EACH;
    for (const sound of wordSounds(text)) {
      const isNear = sound.startsWith("~");
      if (isNear ? near >= nearEnd : far >= farEnd) continue;
      // Taken before the place is looked up: a new sound may make the columns grow.
      const heard = this.value(sound);
      this.sounds.values[isNear ? near : far] = heard;
      if (isNear) near += 1;
      else far += 1;
    }
  }
}

const END_UNITS = 4;
// A slip, neighbours that changed places included, cannot touch both ends of so long a text.
const ENDS_LENGTH_MIN = 2 * END_UNITS + 1;

function endOf(units: Uint16Array, from: number): number {
  let end = 1;
  for (let at = from; at < from + END_UNITS; at += 1) end = (Math.imul(end, 31) + (units[at] as number)) & 0xffff;
  return end;
}

/** Whether two texts may be one slip apart or end alike, by their `ends`; nearly all strangers may not. */
export function mayBeNear(ends: number, others: number): boolean {
  return ends === 0 || others === 0 || ((ends ^ others) & 0xffff) === 0 || (ends ^ others) >>> 16 === 0;
}
