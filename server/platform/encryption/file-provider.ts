import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from "node:fs";
import { Refusal } from "../config/index.ts";
import { makeKeyFile } from "../db/index.ts";
import { type KeyProvider, KeysUnavailable, WrongMasterKey } from "./key-provider.ts";

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const WRAPPED = /^file:([0-9a-f]{16}):([A-Za-z0-9+/=]{40,2000})$/;

interface MasterKey {
  readonly id: string;
  readonly secret: Buffer;
}

/**
 * The master key in a file only its owner can read: one line of 64 hexadecimal digits a version, the newest last. Read anew each time it is needed, so that
 * a file taken away closes what it opened, and a version another process added counts at once. `mayCreate`: nothing is wrapped by another one yet.
 * Fails with Refusal.
 */
export function openFileProvider(path: string, mayCreate: boolean): KeyProvider {
  if (!existsSync(path)) {
    if (!mayCreate)
      throw new Refusal(
        `The master key is missing: this database holds keys of encrypted columns, and ${path}, which opens them, is not there. Put your copy of it back, or name it in VINCULO_MASTER_KEY_FILE.`,
      );
    makeKeyFile(path, newLine());
  }
  if ((statSync(path).mode & 0o077) !== 0) throw new Refusal(`The master key may be read by others: run chmod 600 ${path}.`);
  readVersions(path);
  const newest = () => readVersions(path).at(-1) as MasterKey;
  const unwrap = (wrapped: string) => openWrapped(readVersions(path), wrapped);
  return {
    kind: "file",
    place: path,
    wraps: isOfFile,
    masterKey: async () => newest().id,
    wrap: async (key) => wrapWith(newest(), key),
    unwrap: async (wrapped) => unwrap(wrapped),
    rewrap: async (wrapped) => wrapWith(newest(), unwrap(wrapped)),
    rotate: async () => replaceFile(path, Buffer.concat([readFileSync(path), newLine()])),
  };
}

export const isOfFile = (wrapped: string): boolean => wrapped.startsWith("file:");

const newLine = () => Buffer.from(`${randomBytes(KEY_BYTES).toString("hex")}\n`);

function readVersions(path: string): MasterKey[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new KeysUnavailable("the file of the master key cannot be read", { cause });
  }
  const lines = text.split("\n").filter((line) => line !== "");
  if (lines.length === 0 || lines.some((line) => !/^[0-9a-f]{64}$/.test(line)))
    throw new Refusal(`${path} is no master key (lines of 64 hexadecimal digits): restore it from your copy.`);
  return lines.map((line) => {
    const secret = Buffer.from(line, "hex");
    return { id: createHmac("sha256", secret).update("vinculo master key").digest("hex").slice(0, 16), secret };
  });
}

function wrapWith({ id, secret }: MasterKey, key: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", secret, iv).setAAD(Buffer.from(id));
  return `file:${id}:${Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString("base64")}`;
}

function openWrapped(versions: readonly MasterKey[], wrapped: string): Buffer {
  const [, id, content] = WRAPPED.exec(wrapped) ?? [];
  const master = versions.find((version) => version.id === id);
  if (id === undefined || content === undefined || master === undefined) throw new WrongMasterKey("wrapped by another master key");
  const bytes = Buffer.from(content, "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", master.secret, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(id))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new WrongMasterKey("a wrapped key was changed", { cause });
  }
}

/** Whole or not at all: a master key half written would lock everything. */
function replaceFile(path: string, content: Buffer): void {
  const beside = `${path}.${process.pid}.new`;
  const file = openSync(beside, "w", 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
}
