import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";

export type FileEncoding = "utf-8" | "utf-16le" | "latin1" | "windows-1256" | "gb18030";

const FLUSH_CHARACTERS = 1 << 17;

/** A text file written line by line with bounded memory. Counts its lines. */
export class DeliveryFile {
  lines = 0;
  readonly path: string;
  private readonly encoding: FileEncoding;
  private readonly descriptor: number;
  private pending: string[] = [];
  private pendingCharacters = 0;

  constructor(path: string, encoding: FileEncoding) {
    mkdirSync(dirname(path), { recursive: true });
    this.path = path;
    this.encoding = encoding;
    this.descriptor = openSync(path, "w");
    if (encoding === "utf-16le") {
      writeSync(this.descriptor, Buffer.from([0xff, 0xfe]));
    }
  }

  line(text: string): void {
    this.lines += 1;
    this.pending.push(text);
    this.pendingCharacters += text.length + 1;
    if (this.pendingCharacters >= FLUSH_CHARACTERS) {
      this.flush();
    }
  }

  close(): void {
    this.flush();
    closeSync(this.descriptor);
  }

  private flush(): void {
    if (this.pending.length > 0) {
      this.pending.push("");
      const bytes = encode(this.pending.join("\n"), this.encoding);
      for (let written = 0; written < bytes.length; ) {
        written += writeSync(this.descriptor, bytes, written);
      }
      this.pending = [];
      this.pendingCharacters = 0;
    }
  }
}

/** Text as bytes. What windows-1256 lacks is written as it was on systems of the time: the Arabic yeh for the Persian, no accents, else "?". */
export function encode(text: string, encoding: FileEncoding): Buffer {
  switch (encoding) {
    case "utf-8":
    case "utf-16le":
      return Buffer.from(text, encoding);
    case "latin1":
      return Buffer.from([...text].map((letter) => (letter > "\u00ff" ? "?" : letter)).join(""), "latin1");
    case "windows-1256":
    case "gb18030":
      return encodeByTable(text, encoding);
  }
}

const tables = new Map<string, Map<string, readonly number[]>>();

function encodeByTable(text: string, encoding: "windows-1256" | "gb18030"): Buffer {
  const table = tableOf(encoding);
  const bytes = Buffer.allocUnsafe(text.length * 2);
  let length = 0;
  for (const letter of text) {
    const code = table.get(letter) ?? table.get(oldForm(letter)) ?? [0x3f];
    for (const byte of code) {
      bytes[length] = byte;
      length += 1;
    }
  }
  return bytes.subarray(0, length);
}

function oldForm(letter: string): string {
  const digit = "۰۱۲۳۴۵۶۷۸۹".indexOf(letter);
  return digit >= 0 ? String(digit) : letter === "ی" ? "ي" : letter.normalize("NFD").charAt(0);
}

// Node only decodes these encodings; decoding every byte (or pair of bytes) once gives the way back.
function tableOf(encoding: "windows-1256" | "gb18030"): Map<string, readonly number[]> {
  let table = tables.get(encoding);
  if (table === undefined) {
    table = new Map();
    const decoder = new TextDecoder(encoding);
    for (let first = 0; first < (encoding === "gb18030" ? 0x80 : 0x100); first += 1) {
      table.set(decoder.decode(Uint8Array.of(first)), [first]);
    }
    for (let first = 0x81; encoding === "gb18030" && first < 0xff; first += 1) {
      for (let second = 0x40; second < 0xff; second += 1) {
        const letter = decoder.decode(Uint8Array.of(first, second));
        if (!letter.includes("\ufffd") && !table.has(letter)) {
          table.set(letter, [first, second]);
        }
      }
    }
    tables.set(encoding, table);
  }
  return table;
}
