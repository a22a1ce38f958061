import type { KeyObject } from "node:crypto";
import { ENTRY_BYTES, entryOf, merkleRoot } from "./merkle.ts";
import { hashStatement, isSignedBy, NO_SEAL_BEFORE, readStatement, type Statement } from "./statement.ts";

export type FaultKind =
  | "row_changed"
  | "row_removed"
  | "row_inserted"
  | "row_moved"
  | "seal_changed"
  | "seal_missing"
  | "seal_not_signed"
  | "timestamp_wrong"
  | "file_damaged";

/** What is wrong, with the number of the seal and of the row it is about. `text` says it in a sentence and holds no value of a row. */
export interface Fault {
  readonly kind: FaultKind;
  readonly seal: string | null;
  readonly row: string | null;
  readonly text: string;
}

export interface SealGiven {
  readonly statement: string;
  readonly signature: Buffer;
  readonly entries: Buffer;
}

/** A row as it was sealed: any JSON object with its number. */
export type RowGiven = { readonly eventId: string } & Readonly<Record<string, unknown>>;

export interface Expected {
  /** Public keys by their id. */
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** Hash of the seal before the first one, in hex; null: the first seal of all is expected. */
  readonly previous: string | null;
  /** Number of the first seal. */
  readonly first: bigint;
}

const FAULTS_MAX = 100;

interface Current {
  readonly no: string;
  readonly entries: Buffer;
  readonly places: Map<string, number>;
  readonly seen: Uint8Array;
  lastPlace: number;
}

/**
 * Checks a trail as it comes by: each seal, then its rows in any number. Signature, chain and root of every seal; every row against its entry. Keeps one seal in
 * memory. `finish` ends it.
 */
export class TrailCheck {
  readonly faults: Fault[] = [];
  faultCount = 0;
  seals = 0;
  rows = 0;
  lastNo: bigint;
  lastHash: string;
  readonly #keys: ReadonlyMap<string, KeyObject>;
  #current: Current | null = null;
  #broken = false;

  constructor({ keys, previous, first }: Expected) {
    this.#keys = keys;
    this.lastNo = first - 1n;
    this.lastHash = previous ?? NO_SEAL_BEFORE;
  }

  report(kind: FaultKind, seal: string | null, row: string | null, text: string): void {
    this.faultCount += 1;
    if (this.faults.length < FAULTS_MAX) this.faults.push({ kind, seal, row, text });
  }

  /** Begins a seal; the one before must have had all its rows. */
  seal({ statement: text, signature, entries }: SealGiven): Statement | null {
    this.#finishSeal();
    this.seals += 1;
    const statement = readStatement(text);
    if (statement === null) {
      this.report("seal_changed", null, null, `What stands behind seal ${this.lastNo} is no statement of a seal.`);
      this.#broken = true;
      return null;
    }
    this.#checkStatement(statement, text, signature);
    this.#checkEntries(statement, entries);
    this.lastNo = BigInt(statement.no);
    this.lastHash = hashStatement(text).toString("hex");
    this.#begin(statement.no, entries);
    return statement;
  }

  #checkStatement(statement: Statement, text: string, signature: Buffer): void {
    const { no, key: keyId, previous } = statement;
    const key = this.#keys.get(keyId);
    if (key === undefined) this.report("seal_not_signed", no, null, `Seal ${no} names a key (${keyId}) that was not given.`);
    else if (!isSignedBy(text, signature, key))
      this.report("seal_changed", no, null, `Seal ${no} was changed: its signature does not fit.`);
    const expected = this.lastNo + 1n;
    if (BigInt(no) > expected) {
      const span = BigInt(no) === expected + 1n ? `Seal ${expected} is` : `Seals ${expected} to ${BigInt(no) - 1n} are`;
      this.report("seal_missing", String(expected), null, `${span} missing, with all rows in them.`);
    } else if (BigInt(no) < expected) {
      this.report("seal_changed", no, null, `Seal ${no} stands behind seal ${this.lastNo}: seals were put in another order or added.`);
    } else if (previous !== this.lastHash && !this.#broken) {
      this.report("seal_changed", no, null, `Seal ${no} does not continue the seal before it.`);
    }
    this.#broken = false;
  }

  #checkEntries(statement: Statement, entries: Buffer): void {
    const { no, rows, root } = statement;
    const whole = entries.length === rows * ENTRY_BYTES && merkleRoot(entries).toString("hex") === root;
    if (!whole) this.report("seal_changed", no, null, `The list of rows of seal ${no} was changed: it does not give the signed root.`);
  }

  #begin(no: string, entries: Buffer): void {
    const places = new Map<string, number>();
    for (let at = 0; at + ENTRY_BYTES <= entries.length; at += ENTRY_BYTES) places.set(String(entries.readBigUInt64BE(at)), at);
    this.#current = { no, entries, places, seen: new Uint8Array(Math.ceil(entries.length / ENTRY_BYTES)), lastPlace: -1 };
  }

  /** A row that stands under the seal begun last. */
  row(row: RowGiven): void {
    this.rows += 1;
    const current = this.#current;
    const place = current?.places.get(row.eventId);
    const no = current?.no ?? null;
    if (current === null || place === undefined) {
      this.report("row_inserted", no, row.eventId, `Row ${named(row)} was inserted: seal ${no ?? "none"} does not know it.`);
      return;
    }
    const index = place / ENTRY_BYTES;
    if (current.seen[index] === 1) this.report("row_inserted", no, row.eventId, `Row ${named(row)} stands twice under seal ${no}.`);
    current.seen[index] = 1;
    if (entryOf(row).compare(current.entries, place, place + ENTRY_BYTES) !== 0)
      this.report("row_changed", no, row.eventId, `Row ${named(row)} was changed: seal ${no} holds another content of it.`);
    else if (index < current.lastPlace)
      this.report("row_moved", no, row.eventId, `Row ${named(row)} was moved: it stands behind one that came later in seal ${no}.`);
    current.lastPlace = Math.max(current.lastPlace, index);
  }

  /** Rows of the seal begun last that are not here are kept elsewhere, and were checked there. */
  missingRowsAreElsewhere(): void {
    this.#current?.seen.fill(1);
  }

  #finishSeal(): void {
    const current = this.#current;
    this.#current = null;
    if (current === null) return;
    for (const [row, place] of current.places)
      if (current.seen[place / ENTRY_BYTES] === 0)
        this.report("row_removed", current.no, row, `Row ${row} was removed: seal ${current.no} holds it, and it is not there.`);
  }

  /** `last`: the seal the trail must end with, when that is known. */
  finish(last: { readonly no: bigint; readonly hash: string } | null): void {
    this.#finishSeal();
    if (last === null) return;
    if (last.no > this.lastNo) {
      const span = last.no === this.lastNo + 1n ? `Seal ${last.no} is` : `Seals ${this.lastNo + 1n} to ${last.no} are`;
      this.report("seal_missing", String(this.lastNo + 1n), null, `${span} missing at the end, with all rows in them.`);
    } else if (last.no === this.lastNo && last.hash !== this.lastHash) {
      this.report("seal_changed", String(last.no), null, `Seal ${last.no} is not the one it should be.`);
    }
  }
}

/** Number, time and act: enough to find a row, and no personal value. Text from the file is cut and kept to one line. */
function named(row: RowGiven): string {
  const plain = (value: unknown) => (typeof value === "string" ? value.replace(/[^\w.:-]/g, "?").slice(0, 60) : "?");
  return `${plain(row.eventId)} (${plain(row.at)}, ${plain(row.action)})`;
}
