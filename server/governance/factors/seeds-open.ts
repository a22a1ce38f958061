import type { Tx } from "../../platform/db/index.ts";
import { openField } from "../../platform/encryption/index.ts";
import { findAnyTotp } from "./store.ts";
import { totpSeeds } from "./totp.ts";

/** Whether what is sealed in this database opens with the keys of this process: null when nothing is sealed. In a transaction of purpose sign_in. */
export async function seedsOpen(tx: Tx): Promise<boolean | null> {
  const found = await findAnyTotp(tx);
  if (found === null) return null;
  try {
    (await openField(tx, totpSeeds.column)).open(found.userId, found.sealedSeed);
    return true;
  } catch {
    return false;
  }
}
