import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { openIdentifiers } from "../identifiers/index.ts";
import { REVEAL_SECONDS } from "./contract.ts";
import * as store from "./store.ts";

/** The database writes the trail before it gives the value. Fails with not_allowed, not_found, limit_reached (the quota of this hour), unavailable (the keys). */
export async function revealIdentifier(
  tx: Tx,
  caller: Caller,
  customerId: string,
  wanted: store.Wanted,
): Promise<{ values: string[]; seconds: number }> {
  permit(caller, "identifier:reveal");
  const sealed = await store.revealIdentifier(tx, customerId, wanted);
  if (sealed.length === 0) throw new DomainError("not_found", "no such identifier for this caller");
  const { open } = await openIdentifiers(tx);
  // The database tells them apart by blind index, of which one number may have two while its key changes.
  return { values: [...new Set(sealed.map((one) => open(one.identifierId, one.sealed)))], seconds: REVEAL_SECONDS };
}
