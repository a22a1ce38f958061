import type { Encoding } from "./mapping/index.ts";

/** Text into the bytes of an encoding, the way back from reading. What it cannot say becomes `?`. */
export function encoderOf(encoding: Encoding): (text: string) => Buffer {
  if (encoding === "utf-8") return (text) => Buffer.from(text, "utf8");
  if (encoding === "utf-16le") return (text) => Buffer.from(text, "utf16le");
  if (encoding === "utf-16be") return (text) => Buffer.from(text, "utf16le").swap16();
  const table = tableOf(encoding);
  return (text) =>
    Buffer.concat(
      [...text].map((character) => table.get(character) ?? (encoding === "gb18030" ? beyondBasicPlane(character) : null) ?? QUESTION),
    );
}

/** GB 18030 counts characters above U+FFFF in order: four bytes of 126, 10, 126 and 10 values. */
function beyondBasicPlane(character: string): Buffer | null {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x10000) return null;
  const place = code - 0x10000 + 189_000;
  return Buffer.from([
    0x81 + Math.trunc(place / 12_600),
    0x30 + (Math.trunc(place / 1260) % 10),
    0x81 + (Math.trunc(place / 10) % 126),
    0x30 + (place % 10),
  ]);
}

const QUESTION = Buffer.from("?");
const tables = new Map<Encoding, ReadonlyMap<string, Buffer>>();

/** Character -> bytes, found by decoding every sequence there is: Node decodes these encodings and does not write them. */
function tableOf(encoding: Encoding): ReadonlyMap<string, Buffer> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(encoding === "latin1" ? "windows-1252" : encoding, { fatal: false });
  const table = new Map<string, Buffer>();
  const add = (...bytes: number[]) => {
    const sequence = Buffer.from(bytes);
    const character = encoding === "latin1" ? sequence.toString("latin1") : decoder.decode(sequence);
    if ([...character].length === 1 && character !== "\uFFFD" && !table.has(character)) table.set(character, sequence);
  };
  for (let byte = 0; byte < 256; byte += 1) add(byte);
  if (encoding === "gb18030") {
    for (let lead = 0x81; lead <= 0xfe; lead += 1) for (let trail = 0x40; trail <= 0xfe; trail += 1) add(lead, trail);
    for (let lead = 0x81; lead <= 0x84; lead += 1)
      for (let second = 0x30; second <= 0x39; second += 1)
        for (let third = 0x81; third <= 0xfe; third += 1)
          for (let fourth = 0x30; fourth <= 0x39; fourth += 1) add(lead, second, third, fourth);
  }
  tables.set(encoding, table);
  return table;
}
