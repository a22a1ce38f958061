import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Refusal } from "../config/index.ts";
import { newPassword, readOrCreateKey } from "./key-folder.ts";

const password = z.string().min(20);
const Passwords = z.object({ admin: password, app: password, worker: password, backup: password });
/** Passwords of the database logins. `admin` is the embedded server's superuser only. */
export type Passwords = z.infer<typeof Passwords> & { readonly sealer: string };

const PASSWORD_FILE = "database.json";
// In a file of its own: the sealer may run on a machine that knows no other login.
const SEALER_FILE = "sealer.password";
const CONTEXT_KEY_BYTES = 32;

export function passwordsExist(home: string): boolean {
  return existsSync(join(home, "keys", PASSWORD_FILE));
}

/** The passwords in `$VINCULO_HOME/keys/database.json`, made at the first call. */
export function readPasswords(home: string): Passwords {
  const make = () => {
    const made = Object.fromEntries(Object.keys(Passwords.shape).map((login) => [login, newPassword()]));
    return Buffer.from(`${JSON.stringify(made, null, 2)}\n`);
  };
  const { content } = readOrCreateKey(home, PASSWORD_FILE, make);
  try {
    const sealer = readOrCreateKey(home, SEALER_FILE, () => Buffer.from(newPassword())).content.toString();
    return { ...Passwords.parse(JSON.parse(content.toString())), sealer };
  } catch (error) {
    throw new Refusal(`The file ${join(home, "keys", PASSWORD_FILE)} is not as Vinculo wrote it: restore it from your backup.`, error);
  }
}

/** The 32 bytes that sign request contexts, made at the first call. */
export function readContextKey(home: string): Buffer {
  const { content } = readOrCreateKey(home, "context.key", () => randomBytes(CONTEXT_KEY_BYTES));
  if (content.length !== CONTEXT_KEY_BYTES) {
    throw new Refusal(`The file ${join(home, "keys", "context.key")} must hold ${CONTEXT_KEY_BYTES} bytes: restore it from your backup.`);
  }
  return content;
}
