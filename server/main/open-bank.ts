import { operatorCaller } from "../governance/access/index.ts";
import type { Config } from "../platform/config/index.ts";
import { type Db, type OpenOptions, openDatabase } from "../platform/db/index.ts";
import { openEncryption } from "../platform/encryption/index.ts";
import { sealedColumns } from "./sealed-columns.ts";

/** Opens the database and the keys of what is encrypted in it. Fails like openDatabase, and with Refusal when the master key is missing or another. */
export async function openBank(config: Config, options: OpenOptions = {}): Promise<Db> {
  const db = await openDatabase(config, options);
  try {
    await openEncryption({ config, db, caller: await operatorCaller(db), columns: sealedColumns, notice: options.notice });
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}
