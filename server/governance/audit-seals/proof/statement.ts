import { createHash, type KeyObject, sign, verify } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";
import { sha256 } from "./merkle.ts";

/** What a seal says and its key signs, as canonical JSON. Numbers that can outgrow a double are decimal texts, hashes are hex. */
export interface Statement {
  readonly format: "vinculo-seal-1";
  readonly no: string;
  /** The database's clock, UTC, microseconds. */
  readonly sealedAt: string;
  readonly rows: number;
  readonly firstAt: string;
  readonly lastAt: string;
  /** Merkle root of the entries. */
  readonly root: string;
  /** SHA-256 of the statement before; of the first seal, 64 zeros. */
  readonly previous: string;
  /** The rows are those committed between these two snapshots of PostgreSQL (`xmin:xmax:running,…`). */
  readonly from: string;
  readonly to: string;
  /** Rows have a number above this one. 0 until transaction numbers began anew (a database restored from a dump). */
  readonly above: string;
  /** Set in the first seal after that: it takes all rows from `above` to here, whatever their transaction. */
  readonly upto: string | null;
  /** Which key signed: `keyIdOf`. */
  readonly key: string;
}

export const NO_SEAL_BEFORE = "0".repeat(64);
/** In which nothing had been committed. */
export const NO_SNAPSHOT = "1:1:";

const hex64 = /^[0-9a-f]{64}$/;
const whole = /^(0|[1-9]\d{0,18})$/;
const snapshot = /^\d{1,19}:\d{1,19}:(\d{1,19}(,\d{1,19})*)?$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

const shape: Record<keyof Statement, (value: unknown) => boolean> = {
  format: (value) => value === "vinculo-seal-1",
  no: (value) => typeof value === "string" && whole.test(value) && value !== "0",
  sealedAt: (value) => typeof value === "string" && moment.test(value),
  rows: (value) => Number.isSafeInteger(value) && (value as number) > 0,
  firstAt: (value) => typeof value === "string" && moment.test(value),
  lastAt: (value) => typeof value === "string" && moment.test(value),
  root: (value) => typeof value === "string" && hex64.test(value),
  previous: (value) => typeof value === "string" && hex64.test(value),
  from: (value) => typeof value === "string" && snapshot.test(value),
  to: (value) => typeof value === "string" && snapshot.test(value),
  above: (value) => typeof value === "string" && whole.test(value),
  upto: (value) => value === null || (typeof value === "string" && whole.test(value)),
  key: (value) => typeof value === "string" && /^[0-9a-f]{32}$/.test(value),
};

/** The statement in its canonical form, and nothing else; null for any other text. */
export function readStatement(text: string): Statement | null {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    const names = Object.keys(shape) as (keyof Statement)[];
    const fits = names.every((name) => shape[name](value[name])) && canonicalJson(value) === text;
    return fits && Object.keys(value).length === names.length ? (value as unknown as Statement) : null;
  } catch {
    return null; // not JSON
  }
}

export function hashStatement(text: string): Buffer {
  return sha256(text);
}

/** The first 16 bytes of the SHA-256 of the public key (SPKI, DER), in hex. */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex")
    .slice(0, 32);
}

export function signText(text: string, privateKey: KeyObject): Buffer {
  return sign(null, Buffer.from(text), privateKey);
}

export function isSignedBy(text: string, signature: Buffer, publicKey: KeyObject): boolean {
  return verify(null, Buffer.from(text), publicKey, signature);
}
