import { type CipherKey, createCipheriv, createDecipheriv, hash, randomBytes } from "node:crypto";

// form (1 byte), number of the key (4), IV (12), ciphertext, tag (16)
const FORM = 1;
const HEAD_BYTES = 5;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const BLIND_BYTES = 16;
const HASH_BLOCK_BYTES = 64;
const IVS_PER_DRAW = 256;

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
export function sealValue(key: CipherKey, keyNo: number, place: Place, text: string): Buffer {
  const iv = randomIv();
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
export function openValue(key: CipherKey, place: Place, sealed: Buffer): string {
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
 * Makes the blind index of a value, in its normalised form: HMAC-SHA256 under the column's index key (at most 64 bytes), its first 16 bytes. Equal values have equal ones, so who reads the column sees which
 * rows are alike and how often, and nothing else. It is cut to 128 bits to halve the index, not to make values collide as some systems do: strong keys join
 * customers by it, and among 10^10 values the odds that any two collide are below 10^-18.
 */
export function blinder(indexKey: Buffer): (normalised: string) => Buffer {
  // HMAC (RFC 2104) written out over the one-shot hash: an Hmac object for each value costs ten times as much, and a load blinds a million.
  const [inner, outer] = [0x36, 0x5c].map((pad) => {
    const block = Buffer.alloc(HASH_BLOCK_BYTES, pad);
    for (const [at, byte] of indexKey.entries()) block[at] = byte ^ pad;
    return block;
  }) as [Buffer, Buffer];
  return (normalised) => {
    const within = hash("sha256", Buffer.concat([inner, Buffer.from(normalised, "utf8")]), "buffer");
    return hash("sha256", Buffer.concat([outer, within]), "buffer").subarray(0, BLIND_BYTES);
  };
}

let randomPool = Buffer.alloc(0);

/** Taken from the generator in larger pieces; each byte is used once. */
function randomIv(): Buffer {
  if (randomPool.length < IV_BYTES) randomPool = randomBytes(IV_BYTES * IVS_PER_DRAW);
  const iv = randomPool.subarray(0, IV_BYTES);
  randomPool = randomPool.subarray(IV_BYTES);
  return iv;
}

const additionalData = ({ column, rowId }: Place, keyNo: number) => Buffer.from(`${column}\n${rowId}\n${keyNo}`);
