import { createHmac, randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, relative } from "node:path";
import { Refusal } from "../config/index.ts";
import { makeKeyFile } from "../db/index.ts";

export interface BackupKey {
  /** Names the key without telling it. */
  readonly keyId: string;
  readonly secret: Buffer;
}

const KEY_BYTES = 32;

/**
 * The key that seals backups, 64 hexadecimal digits in a file readable for its owner only. Made when `mayCreate`, which is the case only where no backup is
 * sealed with another. Never inside the folder of the backups. Fails with Refusal.
 */
export function openBackupKey(file: string, folder: string, mayCreate: boolean): BackupKey {
  if (!relative(folder, dirname(file)).startsWith(".."))
    throw new Refusal(`The key of the backups, ${file}, must not lie among them: set VINCULO_BACKUP_KEY_FILE to a file elsewhere.`);
  if (!existsSync(file)) {
    if (!mayCreate)
      throw new Refusal(
        `The key of the backups is missing: put your copy of it at ${file}, or name it in VINCULO_BACKUP_KEY_FILE. Without it no backup can be opened.`,
      );
    makeKeyFile(file, Buffer.from(`${randomBytes(KEY_BYTES).toString("hex")}\n`));
  }
  if ((statSync(file).mode & 0o077) !== 0) throw new Refusal(`The key of the backups may be read by others: run chmod 600 ${file}.`);
  const text = readFileSync(file, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Refusal(`${file} is no key of backups (64 hexadecimal digits): restore it from your copy.`);
  const secret = Buffer.from(text, "hex");
  return { keyId: createHmac("sha256", secret).update("vinculo backup key").digest("hex").slice(0, 16), secret };
}
