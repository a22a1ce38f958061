import { type Outcome, requestApproval } from "../../governance/approvals/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { ClassifiedColumn } from "../../platform/data-map/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { dayOf, planFor } from "./erase.ts";
import { approveErasureAct } from "./erasure-act.ts";
import * as store from "./store.ts";

/** Fails with not_allowed. */
export async function listErasures(tx: Tx, caller: Caller) {
  permit(caller, "privacy:manage");
  const erasures = await store.listErasures(tx);
  await record(tx, { caller, action: "erasure.listed", subjectKind: "erasure", subjectCount: erasures.length });
  return { erasures };
}

/** Fails with not_allowed, not_found. */
export async function readErasure(tx: Tx, caller: Caller, erasureId: string) {
  permit(caller, "privacy:manage");
  const found = await store.findErasure(tx, erasureId);
  if (found === null) throw new DomainError("not_found", "no such request for this caller");
  const { plan, partyIds: _, ...erasure } = found;
  await record(tx, { caller, action: "erasure.viewed", subjectKind: "customer", subjectIds: [erasure.customerId], detail: { erasureId } });
  const customerSeen = (await store.partiesOf(tx, erasure.customerId)).length > 0;
  return { erasure, plan, customerSeen, waitingApproval: await store.findWaitingApproval(tx, erasure.customerId) };
}

export interface Wish {
  readonly customerNo: string;
  readonly receivedOn: string;
  readonly evidence: string;
}

/**
 * Takes the wish in and looks, as the worker, at what the law lets go today. Fails with not_allowed, not_found, conflict (one is at work already),
 * invalid_input (received in the future).
 */
export async function openErasure(
  { db, caller, clock, columns }: { db: Db; caller: Caller; clock: Clock; columns: readonly ClassifiedColumn[] },
  wish: Wish,
): Promise<{ erasureId: string }> {
  permit(caller, "privacy:manage");
  const now = clock.now();
  if (wish.receivedOn > dayOf(now))
    throw new DomainError("invalid_input", "received in the future", { fields: [{ path: "receivedOn", reason: "future" }] });
  const seen = await inTransaction(db, caller, async (tx) => {
    const customer = await store.findByNumber(tx, wish.customerNo);
    return customer === null ? null : { ...customer, partyIds: await store.partiesOf(tx, customer.customerId) };
  });
  if (seen === null || seen.partyIds.length === 0) throw new DomainError("not_found", "no such customer for this caller");
  const plan = await inTransaction(db, caller, (tx) => planFor(tx, columns, seen.partyIds, now), { role: "worker", readOnly: true });
  const erasureId = newId();
  await inTransaction(db, caller, async (tx) => {
    await store.insertErasure(tx, { erasureId, ...seen, receivedOn: wish.receivedOn, evidence: wish.evidence, plan, by: caller.userId });
    await record(tx, { caller, action: "erasure.opened", subjectKind: "customer", subjectIds: [seen.customerId], detail: { erasureId } });
  });
  return { erasureId };
}

/** Asks somebody else; see `approveErasureAct` for what it does. Fails with not_allowed, not_found, conflict, invalid_state with a reason. */
export async function approveErasure(tx: Tx, caller: Caller, clock: Clock, erasureId: string, reason: string): Promise<Outcome> {
  return requestApproval(tx, caller, clock, approveErasureAct, { payload: { erasureId }, reason });
}

/** Fails with not_allowed, not_found, conflict (at work or closed by now). */
export async function refuseErasure(tx: Tx, caller: Caller, erasureId: string, refusal: { note: string; version: number }): Promise<void> {
  permit(caller, "privacy:manage");
  const erasure = await store.findErasure(tx, erasureId);
  if (erasure === null) throw new DomainError("not_found", "no such request for this caller");
  if (!(await store.closeRefused(tx, erasureId, refusal))) throw new DomainError("conflict", "it changed meanwhile");
  await record(tx, { caller, action: "erasure.refused", subjectKind: "customer", subjectIds: [erasure.customerId], detail: { erasureId } });
}
