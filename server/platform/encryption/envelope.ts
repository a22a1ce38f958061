import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";

// form (1 byte), number of the key (4), IV (12), ciphertext, tag (16)
const FORM = 1;
const HEAD_BYTES = 5;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const BLIND_BYTES = 16;

/** Where a value stands. It is authenticated with it: copied to another row, column or key it does not open. */
export interface Place {
  /** schema.table.column */
  readonly column: string;
  readonly rowId: string;
}

export class SealedValueBroken extends Error {}

/**
 * AES-256-GCM under a column's key with a random 96-bit IV; additional data are table, column, row and number of the key. At most 2^32 values a key
 * (NIST SP 800-38D, 8.3), which the caller counts.
 */
export function sealValue(key: Buffer, keyNo: number, place: Place, text: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(FORM, 0);
  head.writeUInt32BE(keyNo, 1);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(additionalData(place, keyNo));
  return Buffer.concat([head, iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** Which key a sealed value names. Fails with SealedValueBroken. */
export function keyNoOf(sealed: Buffer): number {
  if (sealed.length < HEAD_BYTES + IV_BYTES + TAG_BYTES || sealed.readUInt8(0) !== FORM)
    throw new SealedValueBroken("this is no sealed value");
  return sealed.readUInt32BE(1);
}

/** Fails with SealedValueBroken when the value was changed, moved or sealed under another key. */
export function openValue(key: Buffer, place: Place, sealed: Buffer): string {
  const keyNo = keyNoOf(sealed);
  try {
    const iv = sealed.subarray(HEAD_BYTES, HEAD_BYTES + IV_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES })
      .setAAD(additionalData(place, keyNo))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    const content = sealed.subarray(HEAD_BYTES + IV_BYTES, -TAG_BYTES);
    return Buffer.concat([decipher.update(content), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new SealedValueBroken(`a value of ${place.column} does not open`, { cause });
  }
}

/**
 * The blind index of a value: HMAC-SHA256 under the column's index key, its first 16 bytes. Equal values have equal ones, so who reads the column sees which
 * rows are alike and how often, and nothing else. It is cut to 128 bits to halve the index, not to make values collide as some systems do: strong keys join
 * customers by it, and among 10^10 values the odds that any two collide are below 10^-18.
 */
export function blindValue(indexKey: Buffer, normalised: string): Buffer {
  return createHmac("sha256", indexKey).update(normalised, "utf8").digest().subarray(0, BLIND_BYTES);
}

const additionalData = ({ column, rowId }: Place, keyNo: number) => Buffer.from(`${column}\n${rowId}\n${keyNo}`);
