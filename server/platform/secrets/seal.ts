import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface SealUse {
  /** Keys of different uses have nothing in common. */
  readonly use: string;
  /** Authenticated with the text: what was sealed for one person or thing does not open for another. */
  readonly about: string;
}

/** AES-256-GCM under a key derived from the installation's secret. */
export function seal(secret: Buffer, text: string, { use, about }: SealUse): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFrom(secret, use), iv).setAAD(Buffer.from(about));
  return Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when the bytes were changed, moved to something else, or sealed under another secret. */
export function unseal(secret: Buffer, sealed: Buffer, { use, about }: SealUse): string {
  const decipher = createDecipheriv("aes-256-gcm", keyFrom(secret, use), sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(about))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString("utf8");
}

function keyFrom(secret: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `vinculo ${use}`, 32));
}
