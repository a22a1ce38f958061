import { Vector } from "./vector.ts";

/** Texts by number, one after the other in shared memory: code units, and where each text begins; the next one's beginning is its end. */
export interface TextArrays {
  readonly units: Uint16Array;
  readonly from: Uint32Array;
}

export class Texts {
  private readonly units = new Vector<Uint16Array>(Uint16Array);
  private readonly from = new Vector<Uint32Array>(Uint32Array);

  constructor() {
    this.from.push(0);
  }

  get count(): number {
    return this.from.length - 1;
  }

  /** Both are replaced when they grow. */
  arrays(): TextArrays {
    return { units: this.units.values, from: this.from.values };
  }

  /** Writes a text behind the last one without adding it. Answers its hash. */
  draft(text: string): number {
    const { length } = text;
    const at = this.units.length;
    this.units.reserve(length);
    const units = this.units.values;
    let hash = FIRST;
    for (let place = 0; place < length; place += 1) {
      const unit = text.charCodeAt(place);
      units[at + place] = unit;
      hash = Math.imul(hash ^ unit, PRIME);
    }
    return mixed(hash, LAST);
  }

  /** Whether a text is the one written behind the last one, of so many units. */
  isDraft(number: number, length: number): boolean {
    const units = this.units.values;
    const from = this.from.values[number] as number;
    if ((this.from.values[number + 1] as number) - from !== length) return false;
    const draft = this.units.length;
    for (let at = 0; at < length; at += 1) if (units[from + at] !== units[draft + at]) return false;
    return true;
  }

  /** Adds the text written last, of so many units. */
  keep(length: number): void {
    this.units.length += length;
    this.from.push(this.units.length);
  }

  push(text: string): number {
    const hash = this.draft(text);
    this.keep(text.length);
    return hash;
  }

  /** The same for units of another list. */
  draftUnits(units: Uint16Array): void {
    this.units.reserve(units.length);
    this.units.values.set(units, this.units.length);
  }

  /** Adds the texts of another list from one number up to another. */
  append({ units, from }: TextArrays, first: number, end: number): void {
    const start = from[first] as number;
    const moved = this.units.length - start;
    this.units.append(units.subarray(start, from[end]));
    for (let number = first + 1; number <= end; number += 1) this.from.push((from[number] as number) + moved);
  }

  adopt({ units, from }: TextArrays, count: number): void {
    this.units.adopt(units, from[count] as number);
    this.from.adopt(from, count + 1);
  }

  pop(): void {
    this.from.length -= 1;
    this.units.length = this.from.values[this.from.length - 1] as number;
  }

  /** "" for a number that no text has. */
  at(number: number): string {
    if (number >= this.count) return "";
    const from = this.from.values[number] as number;
    const { buffer } = this.units.values;
    return Buffer.from(buffer, from * 2, ((this.from.values[number + 1] as number) - from) * 2).toString("utf16le");
  }
}

const FIRST = 0x811c9dc5;
const PRIME = 0x01000193;
const LAST = 0x9e3779b9;

/** Two numbers as one, never 0; the order of the two matters. */
export function mixed(a: number, b: number): number {
  let hash = Math.imul(a ^ (b >>> 15) ^ Math.imul(b, 0x85ebca6b), 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f);
  hash ^= hash >>> 16;
  return hash >>> 0 || 1;
}
