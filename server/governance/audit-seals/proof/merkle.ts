import { hash } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";

/** A row of the trail in a seal: its number (8 bytes, big-endian) and the SHA-256 of its canonical JSON (32 bytes). */
export const ENTRY_BYTES = 40;

// A leaf can never pass for an inner node: each begins with a byte of its own (as in RFC 6962).
const LEAF = 0;
const NODE = 1;

export function sha256(bytes: Buffer | string): Buffer {
  return hash("sha256", bytes, "buffer");
}

/** The entry of one row; `eventId` is its number as a decimal text. */
export function entryOf(row: { readonly eventId: string }): Buffer {
  const entry = Buffer.allocUnsafe(ENTRY_BYTES);
  entry.writeBigUInt64BE(BigInt(row.eventId));
  sha256(canonicalJson(row)).copy(entry, 8);
  return entry;
}

/** The root of the tree over the entries, in their order; the last of an odd level goes up as it is. Fails on an empty list. */
export function merkleRoot(entries: Buffer): Buffer {
  if (entries.length === 0 || entries.length % ENTRY_BYTES !== 0) throw new RangeError("not a list of entries");
  const leaf = Buffer.alloc(1 + ENTRY_BYTES, LEAF);
  const node = Buffer.alloc(1 + 64, NODE);
  let level: Buffer[] = [];
  for (let at = 0; at < entries.length; at += ENTRY_BYTES) {
    entries.copy(leaf, 1, at, at + ENTRY_BYTES);
    level.push(sha256(leaf));
  }
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at] as Buffer, level[at + 1]];
      left.copy(node, 1);
      right?.copy(node, 33);
      above.push(right === undefined ? left : sha256(node));
    }
    level = above;
  }
  return level[0] as Buffer;
}
