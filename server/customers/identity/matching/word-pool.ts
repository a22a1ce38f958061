import { scriptOf, wordSounds } from "../../../platform/text/index.ts";
import { UNITS_MAX } from "./similarity.ts";
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

/** The texts of a pool by their numbers; script 0 has no sounds. */
export interface PoolContents {
  readonly texts: readonly string[];
  readonly scripts: Uint8Array;
  readonly sounds: Uint32Array;
}

/** Every text once, known by a number from 1; 0 stands for a missing value everywhere. */
export class WordPool {
  private readonly ids = new Map<string, number>();
  private readonly texts: string[] = [""];
  private readonly units = new Vector(Uint16Array);
  private readonly from = new Vector(Uint32Array);
  private readonly lengths = new Vector(Uint8Array);
  private readonly scripts = new Vector(Uint8Array);
  private readonly sounds = new Vector(Uint32Array);
  private readonly hashes = new Vector(Uint32Array);
  private readonly letters = new Vector(Uint32Array);
  private readonly ends = new Vector(Uint32Array);

  constructor() {
    this.addRow("", 0);
  }

  get size(): number {
    return this.texts.length;
  }

  textOf(id: number): string {
    return this.texts[id] ?? "";
  }

  find(text: string): number {
    return this.ids.get(text) ?? 0;
  }

  /** The number of a value that is compared as it stands; an empty text is 0. */
  value(text: string): number {
    return text === "" ? 0 : (this.ids.get(text) ?? this.add(text, 0));
  }

  /** The number of a folded word of a name, with its sounds. */
  word(text: string): number {
    if (text === "") return 0;
    const known = this.ids.get(text);
    if (known === undefined) return this.add(text, scripts[scriptOf(text)]);
    if (this.scripts.values[known] === 0) this.hear(known, text);
    return known;
  }

  arrays(): WordArrays {
    return {
      units: this.units.values,
      from: this.from.values,
      length: this.lengths.values,
      script: this.scripts.values,
      sounds: this.sounds.values,
      hash: this.hashes.values,
      letters: this.letters.values,
      ends: this.ends.values,
    };
  }

  /** All texts with what is known of them, for another pool. */
  contents(): PoolContents {
    return { texts: this.texts, scripts: this.scripts.values, sounds: this.sounds.values };
  }

  /** Takes the texts of another pool in. Answers the number each has here. */
  absorb({ texts, scripts: theirScripts, sounds }: PoolContents): Uint32Array {
    const ids = Uint32Array.from(texts, (text) => this.value(text));
    for (const [theirs, id] of ids.entries()) {
      const script = theirScripts[theirs] as number;
      if (script === 0 || this.scripts.values[id] !== 0) continue;
      this.scripts.values[id] = script;
      for (let at = 0; at < SOUNDS_PER_WORD; at += 1)
        this.sounds.values[id * SOUNDS_PER_WORD + at] = ids[sounds[theirs * SOUNDS_PER_WORD + at] as number] as number;
    }
    return ids;
  }

  private add(text: string, script: number): number {
    const id = this.texts.length;
    this.ids.set(text, id);
    this.texts.push(text);
    this.addRow(text, script);
    if (script !== 0) this.hear(id, text);
    return id;
  }

  private addRow(text: string, script: number): void {
    const length = Math.min(text.length, UNITS_MAX);
    this.from.push(this.units.length);
    this.lengths.push(length);
    this.scripts.push(script);
    this.hashes.push(hashText(text));
    let letters = 0;
    for (let at = 0; at < length; at += 1) {
      this.units.push(text.charCodeAt(at));
      letters |= 1 << (text.charCodeAt(at) & 31);
    }
    this.letters.push(letters >>> 0);
    this.ends.push(length < ENDS_LENGTH_MIN ? 0 : endOf(text, 0) | (endOf(text, length - END_UNITS) << 16));
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

function endOf(text: string, from: number): number {
  let end = 1;
  for (let at = from; at < from + END_UNITS; at += 1) end = (Math.imul(end, 31) + text.charCodeAt(at)) & 0xffff;
  return end;
}

/** Whether two texts may be one slip apart or end alike, by their `ends`; nearly all strangers may not. */
export function mayBeNear(ends: number, others: number): boolean {
  return ends === 0 || others === 0 || ((ends ^ others) & 0xffff) === 0 || (ends ^ others) >>> 16 === 0;
}

/** 32 bits of a text, never 0 (FNV-1a over code units). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mixed(hash, 0x9e3779b9);
}

/** Two numbers as one, never 0; the order of the two matters. */
export function mixed(a: number, b: number): number {
  let hash = Math.imul(a ^ (b >>> 15) ^ Math.imul(b, 0x85ebca6b), 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f);
  hash ^= hash >>> 16;
  return hash >>> 0 || 1;
}
