import { requireStepUp } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import * as store from "./store.ts";

/** Fails with not_allowed. */
export async function listHolds(tx: Tx, caller: Caller, caseCode?: string) {
  permit(caller, "privacy:manage");
  const holds = await store.listHolds(tx, caseCode ?? null);
  await record(tx, { caller, action: "hold.listed", subjectKind: "hold", subjectCount: holds.length });
  return { holds };
}

/** On all records of the customer; it goes with them through merges and un-merges. Fails with not_allowed, not_found (also: erased at this moment). */
export async function placeHold(
  tx: Tx,
  caller: Caller,
  hold: { customerNo: string; caseCode: string; reason: string; until: string | null },
): Promise<{ holdId: string }> {
  permit(caller, "privacy:manage");
  const customerId = await store.findCustomer(tx, hold.customerNo);
  const holdId = customerId === null ? null : await store.placeHold(tx, { ...hold, customerId });
  if (customerId === null || holdId === null) throw new DomainError("not_found", "no such customer for this caller");
  const detail = { holdId, caseCode: hold.caseCode };
  await record(tx, { caller, action: "hold.placed", subjectKind: "customer", subjectIds: [customerId], rows: 0, detail });
  return { holdId };
}

/** Fails with not_allowed, step_up_needed, not_found (no such hold in force). */
export async function liftHold(tx: Tx, caller: Caller, clock: Clock, holdId: string, reason: string): Promise<void> {
  permit(caller, "privacy:manage");
  await requireStepUp(tx, caller, clock, { action: "hold.lifted", subjectIds: [holdId], payload: { reason } });
  const customerIds = await store.liftHold(tx, holdId, { reason, by: caller.userId });
  if (customerIds === null) throw new DomainError("not_found", "no such hold in force");
  await record(tx, { caller, action: "hold.lifted", subjectKind: "customer", subjectIds: customerIds, rows: 0, detail: { holdId } });
}
