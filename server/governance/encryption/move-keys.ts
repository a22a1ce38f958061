import type { Caller } from "../../platform/caller/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { keyRing } from "../../platform/encryption/index.ts";
import { permit } from "../permissions/index.ts";
import { wrapAnew } from "./rotate-master-key.ts";

/**
 * Wraps the keys of columns by the provider that the settings name, whichever wrapped them; no row is touched, and whoever works meanwhile reads both. For
 * the command line. Stopped half-way nothing has changed. Answers how many were of the other one. Fails with not_allowed and like KeyProvider.rewrap.
 */
export async function moveKeys(db: Db, caller: Caller): Promise<{ moved: number; to: string }> {
  permit(caller, "user:manage");
  const { provider } = keyRing();
  const moved = await wrapAnew(db, caller, {
    action: "encryption.keys_moved",
    wanted: (wrapped) => !provider.wraps(wrapped),
  });
  return { moved, to: provider.place };
}
