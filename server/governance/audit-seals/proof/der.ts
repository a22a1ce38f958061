/** One value in DER (X.690). `raw` is the whole value, `body` what it holds. */
export interface Der {
  readonly tag: number;
  readonly raw: Buffer;
  readonly body: Buffer;
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
} as const;

/** The first value of `bytes`. Fails with RangeError on anything but a definite form that is there to its end. */
export function readDer(bytes: Buffer): Der {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) throw new RangeError("a value of DER is cut off");
  if ((tag & 0x1f) === 0x1f) throw new RangeError("a tag of several bytes");
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 4 || bytes.length < 2 + lengthBytes) throw new RangeError("a length that is no DER");
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes);
  const start = 2 + lengthBytes;
  if (bytes.length < start + length) throw new RangeError("a value of DER is cut off");
  return { tag, raw: bytes.subarray(0, start + length), body: bytes.subarray(start, start + length) };
}

/** The values one after the other in a body. */
export function readAll(body: Buffer): Der[] {
  const found: Der[] = [];
  for (let rest = body; rest.length > 0; ) {
    const value = readDer(rest);
    found.push(value);
    rest = rest.subarray(value.raw.length);
  }
  return found;
}

/** The values inside one of the given tag; fails with RangeError when it is another. */
export function membersOf(value: Der | undefined, tag: number = tags.sequence): Der[] {
  if (value?.tag !== tag) throw new RangeError("another value than expected");
  return readAll(value.body);
}

/** An object identifier in dots. */
export function readOid(value: Der | undefined): string {
  if (value?.tag !== tags.oid) throw new RangeError("no object identifier");
  const numbers: number[] = [];
  let number = 0;
  for (const byte of value.body) {
    number = number * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      numbers.push(number);
      number = 0;
    }
  }
  const first = numbers.shift() ?? 0;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...numbers].join(".");
}

export function writeDer(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const short = length.subarray(length.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.of(tag, 0x80 | short.length), short, body]);
}

export function writeOid(dots: string): Buffer {
  const [root = 0, second = 0, ...rest] = dots.split(".").map(Number);
  const bytes = [root * 40 + second, ...rest].flatMap((number) => {
    const groups = [number & 0x7f];
    for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return writeDer(tags.oid, Buffer.from(bytes));
}

/** A whole number that is not negative, from its bytes. */
export function writeInteger(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const short = start < 0 ? Buffer.of(0) : bytes.subarray(start);
  return writeDer(tags.integer, (short[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), short]) : short);
}
