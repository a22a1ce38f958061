import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Refusal } from "../../platform/config/index.ts";
import { keyIdOf, signText } from "./proof/statement.ts";

/** The key that signs seals. The private half does not leave this object. */
export interface SealKey {
  readonly keyId: string;
  readonly publicKey: KeyObject;
  readonly sign: (text: string) => Buffer;
}

/**
 * Opens the private key. It is made when it is missing and `mayCreate` says so: never where there are seals already, for a new key in place of a lost one would
 * look like somebody else's. Fails with Refusal: missing, readable for others, not an Ed25519 key.
 */
export function openSealKey(file: string, mayCreate: boolean): SealKey {
  if (!existsSync(file)) {
    if (!mayCreate)
      throw new Refusal(
        `The key of the seals is missing: restore ${file} from your backup, or make a new one with: vinculo audit new-key.`,
      );
    createSealKey(file);
  }
  if ((statSync(file).mode & 0o077) !== 0) throw new Refusal(`The key of the seals may be read by others: run chmod 600 ${file}.`);
  const privateKey = readPrivateKey(file);
  const publicKey = createPublicKey(privateKey);
  const keyId = keyIdOf(publicKey);
  const publicFile = join(dirname(file), `audit-seal-${keyId}.pub.pem`);
  if (!existsSync(publicFile)) writeWhole(publicFile, publicKey.export({ type: "spki", format: "pem" }), 0o644);
  return { keyId, publicKey, sign: (text) => signText(text, privateKey) };
}

const PUBLIC_FILE = /^audit-seal-[0-9a-f]{32}\.pub\.pem$/;

/** The public halves that lie beside the private key: of it and of those before it. What the database says of keys is not believed. */
export function trustedKeys(file: string): KeyObject[] {
  const names = existsSync(dirname(file)) ? readdirSync(dirname(file)).filter((name) => PUBLIC_FILE.test(name)) : [];
  return names.map((name) => createPublicKey(readFileSync(join(dirname(file), name), "utf8")));
}

/** Puts a new key in place of the one there is, which is kept beside it. Answers with the id of the new one. */
export function replaceSealKey(file: string): string {
  if (existsSync(file)) renameSync(file, join(dirname(file), `audit-seal-${openSealKey(file, false).keyId}.old.pem`));
  return openSealKey(file, true).keyId;
}

function readPrivateKey(file: string): KeyObject {
  try {
    const key = createPrivateKey(readFileSync(file, "utf8"));
    if (key.asymmetricKeyType !== "ed25519") throw new Error(`a key of type ${key.asymmetricKeyType}`);
    return key;
  } catch (error) {
    throw new Refusal(`${file} is not an Ed25519 private key in PEM: restore it from your backup.`, error);
  }
}

function createSealKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeWhole(file, generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }), 0o600);
}

/** Whole or not at all; two processes that start together end with the same file, for one that is there stays. */
function writeWhole(file: string, content: string | Buffer, mode: number): void {
  const beside = `${file}.${process.pid}.new`;
  const handle = openSync(beside, "w", mode);
  try {
    writeSync(handle, content.toString());
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  chmodSync(beside, mode);
  try {
    linkSync(beside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}
