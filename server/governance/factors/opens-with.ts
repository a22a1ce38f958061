import type { Tx } from "../../platform/db/index.ts";
import { unseal } from "../../platform/secrets/index.ts";
import { findAnyTotp } from "./store.ts";

/** Whether what is sealed in this database opens with this secret: null when nothing is sealed. In a transaction of purpose sign_in. */
export async function opensWith(tx: Tx, secret: Buffer): Promise<boolean | null> {
  const found = await findAnyTotp(tx);
  if (found === null) return null;
  try {
    unseal(secret, found.sealedSeed, { use: "totp seed", about: found.userId });
    return true;
  } catch {
    return false;
  }
}
