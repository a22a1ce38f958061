import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { publish } from "../../platform/events/index.ts";
import { asciiDigits } from "../../platform/text/index.ts";
import { glassBroken } from "./glass-broken.ts";
import * as store from "./store.ts";

/** As numbers are written: local digits become ASCII, letters capital, "100001" becomes "C-100001". */
function asNumber(typed: string): string {
  const plain = asciiDigits(typed).trim().toUpperCase();
  return /^\d+$/.test(plain) ? `C-${plain}` : plain;
}

/**
 * Opens the customer of the number to the caller for the time the bank has set (at most 60 minutes); a customer in reach is just named. Fails with
 * not_allowed, limit_reached (too many in 24 hours).
 */
export async function breakGlass(tx: Tx, caller: Caller, { customerNo, reason }: { customerNo: string; reason: string }) {
  permit(caller, "glass:break");
  const asked = asNumber(customerNo);
  const inReach = await store.findInReach(tx, asked);
  if (inReach !== null) {
    await record(tx, { caller, action: "customer.searched", subjectKind: "customer", subjectIds: [inReach], query: asked });
    return { state: "in_reach" as const, customerId: inReach, expiresAt: null };
  }
  const { grantId, customerId, expiresAt } = await store.breakGlass(tx, asked, reason);
  await publish(tx, glassBroken, { key: grantId, payload: { grantId } });
  return customerId === null
    ? { state: "nothing" as const, customerId: null, expiresAt: null }
    : { state: "opened" as const, customerId, expiresAt };
}

/** Fails with not_allowed. */
export async function listOwnGrants(tx: Tx, caller: Caller) {
  permit(caller, "glass:break");
  return { grants: await store.listOwn(tx, caller.userId) };
}

/** Fails with not_allowed, not_found (none of the caller's in force). */
export async function endGrant(tx: Tx, caller: Caller, grantId: string): Promise<void> {
  permit(caller, "glass:break");
  const ended = await store.endGrant(tx, grantId, caller.userId);
  if (ended === null) throw new DomainError("not_found", "no such access in force");
  const subjectIds = ended.customerId === null ? [] : [ended.customerId];
  await record(tx, { caller, action: "glass.ended", subjectKind: "customer", subjectIds, detail: { grantId } });
}
