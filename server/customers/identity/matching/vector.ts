type Numbers = Uint8Array | Uint16Array | Uint32Array;
type NumbersOf<Kind extends Numbers> = new (buffer: SharedArrayBuffer, offset: number, length: number) => Kind;

const ROOM_MIN = 1024;

/** Numbers that can be added to and be read by worker threads: doubled when full, in shared memory. */
export class Vector<Kind extends Numbers> {
  /** Has room beyond `length`; replaced when the vector grows, so it is not to be kept across a push. */
  values: Kind;
  length = 0;
  private readonly make: NumbersOf<Kind>;
  private readonly bytes: number;

  constructor(make: NumbersOf<Kind> & { readonly BYTES_PER_ELEMENT: number }) {
    this.make = make;
    this.bytes = make.BYTES_PER_ELEMENT;
    this.values = this.ofSize(ROOM_MIN);
  }

  push(value: number): void {
    if (this.length === this.values.length) this.grow(this.length + 1);
    this.values[this.length] = value;
    this.length += 1;
  }

  /** Makes room for so many more. */
  reserve(more: number): void {
    if (this.length + more > this.values.length) this.grow(this.length + more);
  }

  append(values: Kind): void {
    this.reserve(values.length);
    this.values.set(values, this.length);
    this.length += values.length;
  }

  /** Takes the memory of another vector over, which is not to be used any more. */
  adopt(values: Kind, length: number): void {
    this.values = values;
    this.length = length;
  }

  private grow(length: number): void {
    const larger = this.ofSize(Math.max(length, this.values.length * 2));
    larger.set(this.values);
    this.values = larger;
  }

  private ofSize(length: number): Kind {
    return new this.make(new SharedArrayBuffer(length * this.bytes), 0, length);
  }
}
