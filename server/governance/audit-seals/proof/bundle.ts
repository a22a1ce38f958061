import type { KeyObject } from "node:crypto";
import { createPublicKey } from "node:crypto";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { canonicalJson } from "./canonical-json.ts";
import { type Fault, type RowGiven, TrailCheck } from "./check-trail.ts";
import { isSignedBy, keyIdOf } from "./statement.ts";
import { checkTimestamp } from "./timestamp-token.ts";

/** The first line of an exported trail, signed by the key of the seals: cutting the file short does not go unnoticed. */
export interface Head {
  readonly format: "vinculo-trail-1";
  readonly madeAt: string;
  /** The days asked for (UTC); whole seals are exported, so that some rows before and after stand in the file too. */
  readonly from: string | null;
  readonly to: string | null;
  readonly firstSeal: string;
  readonly lastSeal: string;
  /** Hash of the seal before the first, and of the last, in hex. */
  readonly previous: string;
  readonly lastHash: string;
  readonly rows: number;
  /** Public keys by id (SPKI, DER, base64). */
  readonly keys: Readonly<Record<string, string>>;
  readonly key: string;
}

export interface Verdict {
  readonly file: string;
  readonly head: Head | null;
  readonly seals: number;
  readonly rows: number;
  readonly timestamps: number;
  readonly faults: readonly Fault[];
  readonly faultCount: number;
  /** Not faults: what the reader has to know. */
  readonly notes: readonly string[];
}

export interface VerifyOptions {
  /** Public keys one holds oneself; without them those of the file are believed, and the verdict says so. */
  readonly keys?: readonly KeyObject[];
  /** PEM certificates a time stamp must lead to. */
  readonly certificates?: readonly string[];
}

type Line =
  | { readonly kind: "head"; readonly head: Head; readonly signature: string }
  | { readonly kind: "seal"; readonly statement: string; readonly signature: string; readonly entries: string }
  | { readonly kind: "row"; readonly row: RowGiven }
  | { readonly kind: "timestamp"; readonly seal: string; readonly authority: string; readonly token: string };

/** Reads an exported trail (JSON lines, also gzipped) from its beginning to its end, line by line. Fails when the file cannot be read. */
export async function verifyBundle(file: string, options: VerifyOptions = {}): Promise<Verdict> {
  const reading = new BundleReading(options);
  try {
    for await (const text of linesOf(file)) reading.take(text);
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith("Z_")) throw error;
    reading.breakOff(); // cut off, or not gzipped at all
  }
  return { file, ...reading.finish() };
}

export async function* linesOf(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file, { highWaterMark: 1 << 20 });
  const input = file.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes;
  bytes.on("error", (error) => input.destroy(error));
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}

/** The state of reading one file. */
class BundleReading {
  readonly #options: VerifyOptions;
  readonly #notes: string[] = [];
  readonly #hashes = new Map<string, string>();
  #head: Head | null = null;
  #check: TrailCheck | null = null;
  #lineNo = 0;
  #timestamps = 0;

  constructor(options: VerifyOptions) {
    this.#options = options;
  }

  take(text: string): void {
    this.#lineNo += 1;
    const line = parseLine(text);
    if (this.#check === null) this.#check = this.#begin(line);
    const check = this.#check;
    if (this.#lineNo === 1 && line?.kind === "head") return;
    if (line === null) check.report("file_damaged", null, null, `Line ${this.#lineNo} is no line of an exported trail.`);
    else if (line.kind === "head") check.report("file_damaged", null, null, `Line ${this.#lineNo} begins another trail.`);
    else if (line.kind === "seal") this.#takeSeal(check, line);
    else if (line.kind === "row") check.row(line.row);
    else this.#takeTimestamp(check, line);
  }

  #begin(line: Line | null): TrailCheck {
    if (line?.kind !== "head") {
      const check = new TrailCheck({ keys: new Map(), previous: null, first: 1n });
      check.report("file_damaged", null, null, "The file does not begin with the head of an exported trail.");
      return check;
    }
    const { head, signature } = line;
    this.#head = head;
    const keys = this.#keysOf(head);
    const check = new TrailCheck({ keys, previous: head.previous, first: BigInt(head.firstSeal) });
    const key = keys.get(head.key);
    if (key === undefined || !isSignedBy(canonicalJson(head), Buffer.from(signature, "base64"), key))
      check.report("file_damaged", null, null, "The head of the file is not signed by a key that was given.");
    return check;
  }

  #keysOf(head: Head): Map<string, KeyObject> {
    const own = this.#options.keys ?? [];
    if (own.length > 0) return new Map(own.map((key) => [keyIdOf(key), key]));
    const given = Object.values(head.keys).flatMap(publicKeyOf);
    const ids = given.map(keyIdOf).join(", ");
    this.#notes.push(
      `The public key was taken from the file itself. Compare it with the one the bank gave you, or name that with --key: ${ids}`,
    );
    return new Map(given.map((key) => [keyIdOf(key), key]));
  }

  #takeSeal(check: TrailCheck, line: Extract<Line, { kind: "seal" }>): void {
    const { statement, signature, entries } = line;
    const read = check.seal({ statement, signature: Buffer.from(signature, "base64"), entries: Buffer.from(entries, "base64") });
    if (read !== null) this.#hashes.set(read.no, check.lastHash);
  }

  #takeTimestamp(check: TrailCheck, line: Extract<Line, { kind: "timestamp" }>): void {
    this.#timestamps += 1;
    const hash = this.#hashes.get(line.seal);
    const fault =
      hash === undefined
        ? "the seal is not in the file"
        : checkTimestamp(Buffer.from(line.token, "base64"), {
            hash: Buffer.from(hash, "hex"),
            certificates: this.#options.certificates ?? [],
          }).fault;
    if (fault !== null) check.report("timestamp_wrong", line.seal, null, `The time stamp of seal ${line.seal} does not hold: ${fault}.`);
  }

  breakOff(): void {
    this.#check ??= this.#begin(null);
    this.#check.report("file_damaged", null, null, `The file breaks off behind line ${this.#lineNo}: it cannot be unpacked.`);
  }

  finish(): Omit<Verdict, "file"> {
    const check = this.#check ?? this.#begin(null);
    const head = this.#head;
    check.finish(head === null ? null : { no: BigInt(head.lastSeal), hash: head.lastHash });
    if (head !== null && head.rows !== check.rows)
      check.report("file_damaged", null, null, `The file holds ${check.rows} rows; when it was made, it held ${head.rows}.`);
    if (this.#timestamps > 0 && (this.#options.certificates ?? []).length === 0)
      this.#notes.push(
        "Time stamps were checked by the certificates in them. Name the authority's certificate with --certificates to check whose they are.",
      );
    const { faults, faultCount, seals, rows } = check;
    return { head, seals, rows, timestamps: this.#timestamps, faults, faultCount, notes: this.#notes };
  }
}

function publicKeyOf(text: string): KeyObject[] {
  try {
    return [createPublicKey({ key: Buffer.from(text, "base64"), type: "spki", format: "der" })];
  } catch {
    return []; // its seals are then not signed by a key that was given
  }
}

const texts: Readonly<Record<Line["kind"], readonly string[]>> = {
  head: ["signature"],
  seal: ["statement", "signature", "entries"],
  row: [],
  timestamp: ["seal", "authority", "token"],
};
const headTexts = ["madeAt", "firstSeal", "lastSeal", "previous", "lastHash", "key"];
const hasTexts = (value: Record<string, unknown>, names: readonly string[]) => names.every((name) => typeof value[name] === "string");

/** A line in the shape of its kind; null for anything else. */
function parseLine(text: string): Line | null {
  try {
    const line = JSON.parse(text) as Record<string, unknown>;
    const kind = line.kind as Line["kind"];
    if (!Object.hasOwn(texts, kind) || !hasTexts(line, texts[kind])) return null;
    if (kind === "row")
      return hasTexts((line.row ?? {}) as Record<string, unknown>, ["eventId"]) && /^\d{1,19}$/.test((line.row as RowGiven).eventId)
        ? (line as Line)
        : null;
    if (kind === "head" && !isHead(line.head)) return null;
    return line as Line;
  } catch {
    return null; // not JSON
  }
}

function isHead(value: unknown): value is Head {
  const head = (value ?? {}) as Record<string, unknown>;
  const keys = head.keys as Record<string, unknown> | undefined;
  return (
    head.format === "vinculo-trail-1" &&
    hasTexts(head, headTexts) &&
    /^\d{1,19}$/.test(head.firstSeal as string) &&
    /^\d{1,19}$/.test(head.lastSeal as string) &&
    typeof head.rows === "number" &&
    typeof keys === "object" &&
    keys !== null &&
    Object.values(keys).every((key) => typeof key === "string")
  );
}
