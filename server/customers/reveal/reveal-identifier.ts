import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { REVEAL_SECONDS } from "./contract.ts";
import * as store from "./store.ts";

const VALUES_MAX = 20;

/** The database writes the trail before it gives the value. Fails with not_allowed, not_found, limit_reached (the quota of this hour). */
export async function revealIdentifier(
  tx: Tx,
  caller: Caller,
  customerId: string,
  wanted: store.Wanted,
): Promise<{ values: string[]; seconds: number }> {
  permit(caller, "identifier:reveal");
  const values = await store.revealIdentifier(tx, customerId, wanted);
  if (values === null) throw new DomainError("not_found", "no such identifier for this caller");
  return { values: values.slice(0, VALUES_MAX), seconds: REVEAL_SECONDS };
}
