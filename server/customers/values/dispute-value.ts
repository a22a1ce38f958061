import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import * as store from "./store.ts";

export interface Disputing {
  readonly attribute: string;
  readonly partyId: string;
  readonly value: string;
  readonly reason: string;
}

/** Fails with not_allowed, not_found (no such record for this caller), invalid_state (the record does not say that, any more). */
export async function disputeValue(tx: Tx, caller: Caller, customerId: string, disputing: Disputing): Promise<{ disputeId: string }> {
  permit(caller, "value:dispute");
  const { attribute, partyId, value } = disputing;
  if (!(await store.isRecordOf(tx, customerId, partyId)))
    throw new DomainError("not_found", "no such record of this customer for this caller");
  if (!(await store.hasValue(tx, customerId, disputing)))
    throw new DomainError("invalid_state", "the record does not have this value", { detail: { reason: "not_its_value" } });
  const disputeId = newId();
  await store.insertDispute(tx, { ...disputing, value, disputeId, by: caller.userId });
  await record(tx, {
    caller,
    action: "value.disputed",
    subjectKind: "customer",
    subjectIds: [customerId],
    detail: { attribute, disputeId },
  });
  return { disputeId };
}
