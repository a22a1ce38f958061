import { requireStepUp } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import * as store from "./appeal-store.ts";
import { orderTiers } from "./order-profit.ts";
import { readLastMonth, readTerms } from "./read-store.ts";
import { monthAfter } from "./rules.ts";

/** Fails with not_allowed, not_found, invalid_state (no such tier), conflict (one waits already). */
export async function appealTier(tx: Tx, caller: Caller, customerId: string, { tier, reason }: { tier: string; reason: string }) {
  permit(caller, "value:dispute");
  const partyId = await store.findParty(tx, customerId);
  if (partyId === null) throw new DomainError("not_found", "no such customer for this caller");
  const terms = await readTerms(tx, (await readLastMonth(tx)) ?? "9999-12-31");
  if (terms === null || !terms.tierRules.tiers.some(({ name }) => name === tier))
    throw new DomainError("invalid_state", "no such tier", { detail: { reason: "no_such_tier" } });
  const appealId = await store.insertAppeal(tx, { partyId, tier, reason, by: caller.userId });
  if (appealId === null) throw new DomainError("conflict", "an appeal waits already");
  await record(tx, { caller, action: "tier.appealed", subjectKind: "customer", subjectIds: [customerId], detail: { appealId, tier } });
  return { appealId };
}

/** Fails with not_allowed. */
export async function listAppeals(tx: Tx, caller: Caller) {
  permit(caller, "profit:read");
  const appeals = await store.listAppeals(tx, caller.userId);
  const subjectIds = [...new Set(appeals.map(({ customerId }) => customerId))];
  await record(tx, { caller, action: "tier.appeals_listed", subjectKind: "customer", subjectIds });
  return { appeals, canDecide: caller.permissions.has("profit:manage") };
}

/** A tier granted acts at once. Fails with not_allowed, not_found, invalid_state (one's own; decided already), step_up_needed. */
export async function decideAppeal(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  appealId: string,
  { grant, note }: { grant: boolean; note: string },
): Promise<void> {
  permit(caller, "profit:manage");
  const appeal = await store.findAppeal(tx, appealId);
  if (appeal === null) throw new DomainError("not_found", "no such appeal");
  if (appeal.askedBy === caller.userId) throw new DomainError("invalid_state", "one's own", { detail: { reason: "own" } });
  if (appeal.state !== "asked") throw new DomainError("invalid_state", "decided already", { detail: { reason: "decided" } });
  const action = grant ? "tier.appeal_granted" : "tier.appeal_refused";
  await requireStepUp(tx, caller, clock, { action, subjectIds: [appealId], payload: { grant, note } });
  const today = clock.now().toISOString().slice(0, 10);
  const months = (await readTerms(tx, today))?.tierRules.appealMonths ?? 12;
  const until = grant ? monthAfter(today, months) : null;
  const decision = { state: grant ? ("granted" as const) : ("refused" as const), until, note, by: caller.userId };
  if (!(await store.saveDecision(tx, appealId, decision)))
    throw new DomainError("invalid_state", "decided", { detail: { reason: "decided" } });
  await record(tx, {
    caller,
    action,
    subjectKind: "customer",
    subjectIds: [appeal.customerId],
    detail: { appealId, tier: appeal.tier, until },
  });
  if (grant) await orderTiers(tx, appeal.customerId);
}
