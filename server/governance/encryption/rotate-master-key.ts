import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction } from "../../platform/db/index.ts";
import { keyRing, listKeys, saveWrapped } from "../../platform/encryption/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";

/**
 * A new version of the master key, and every key of a column wrapped with it; no row is touched. For the command line, whose operator holds the key folder.
 * Stopped half-way, nothing is lost: older versions open what they wrapped. Answers how many keys. Fails with not_allowed and like KeyProvider.rewrap.
 */
export async function rotateMasterKey(db: Db, caller: Caller): Promise<number> {
  permit(caller, "user:manage");
  await keyRing().provider.rotate();
  return wrapAnew(db, caller, { action: "encryption.master_key_rotated", wanted: () => true });
}

interface Wrapping {
  /** On the trail. */
  readonly action: string;
  readonly wanted: (wrapped: string) => boolean;
}

/** All in one transaction, after the provider has answered for each. */
export async function wrapAnew(db: Db, caller: Caller, { action, wanted }: Wrapping): Promise<number> {
  const { provider } = keyRing();
  const keys = await inTransaction(db, caller, listKeys, { role: "worker" });
  const masterKey = await provider.masterKey();
  const anew: { keyNo: number; wrapped: string }[] = [];
  for (const { keyNo, wrapped } of keys.filter((key) => wanted(key.wrapped))) anew.push({ keyNo, wrapped: await provider.rewrap(wrapped) });
  await inTransaction(
    db,
    caller,
    async (tx) => {
      for (const { keyNo, wrapped } of anew) await saveWrapped(tx, keyNo, wrapped, masterKey);
      const detail = { masterKey, keys: anew.length };
      await record(tx, { caller, action, subjectKind: "encryption_key", detail });
    },
    { role: "worker" },
  );
  return anew.length;
}
