import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { Refusal } from "../config/index.ts";

/** `$VINCULO_HOME/keys`, readable for its owner only. */
export function keyFolder(home: string): string {
  const folder = join(home, "keys");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Reads a key file; makes it with `create()` when it is not there. Two processes that start together end with the same content. */
export function readOrCreateKey(home: string, name: string, create: () => Buffer): { readonly content: Buffer; readonly isNew: boolean } {
  const path = join(keyFolder(home), name);
  const isNew = !existsSync(path) && writeOnce(path, create());
  const content = readFileSync(path);
  if (content.length === 0) throw new Refusal(`The key file ${path} is empty: restore it from your backup of VINCULO_HOME/keys.`);
  return { content, isNew };
}

/** A password of 256 random bits that needs no quoting anywhere. */
export function newPassword(): string {
  return randomBytes(32).toString("base64url");
}

/** Makes a key file that is not there; one that is stays. */
export function makeKeyFile(path: string, content: Buffer): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeOnce(path, content);
}

/** Whole or not at all, and on disk before it counts: a key lost in a crash locks everybody out. */
function writeOnce(path: string, content: Buffer): boolean {
  const beside = `${path}.${process.pid}.new`;
  const file = openSync(beside, "w", 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(beside, 0o600);
  try {
    linkSync(beside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}
