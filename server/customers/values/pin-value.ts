import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, withWorkerConnection } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { holdGolden, refreshCustomersInside } from "../profiles/index.ts";
import type { Pinnable } from "./contract.ts";
import { isValueOf } from "./rules.ts";
import * as store from "./store.ts";

export interface Pinning {
  readonly attribute: Pinnable;
  readonly partyId: string;
  readonly value: string;
  readonly reason: string;
}

/**
 * Lets a value count until it is unpinned; a pin that the same record has for the attribute ends. Golden values and search entries follow in the same
 * transaction. Fails with not_allowed, not_found (no such record of this customer for this caller), invalid_input (not a value of the attribute).
 */
export async function pinValue(db: Db, caller: Caller, customerId: string, pinning: Pinning): Promise<{ pinId: string }> {
  permit(caller, "value:pin");
  const { attribute, partyId, value, reason } = pinning;
  if (!isValueOf(attribute, value)) throw new DomainError("invalid_input", `not a value of ${attribute}`, { detail: { field: "value" } });
  await requireVisible(db, caller, customerId, partyId);
  const pinId = newId();
  await withWorkerConnection(db, caller, (connection) =>
    connection.inTransaction(async (tx) => {
      await holdGolden(tx);
      await store.endPins(tx, partyId, attribute, caller.userId);
      await store.insertPin(tx, { pinId, partyId, attribute, value, reason, by: caller.userId });
      await refreshCustomersInside(tx, await store.customersOf(tx, partyId));
      await record(tx, { caller, action: "value.pinned", subjectKind: "customer", subjectIds: [customerId], detail: { attribute, pinId } });
    }),
  );
  return { pinId };
}

/** The rules choose again. Fails with not_allowed, not_found, invalid_state (unpinned already). */
export async function unpinValue(db: Db, caller: Caller, customerId: string, pinId: string): Promise<{ pinId: string }> {
  permit(caller, "value:pin");
  const pin = await inTransaction(db, caller, (tx) => store.findPin(tx, customerId, pinId), { readOnly: true });
  if (pin === null) throw new DomainError("not_found", "no such pin for this caller");
  const { partyId, attribute } = pin;
  await withWorkerConnection(db, caller, (connection) =>
    connection.inTransaction(async (tx) => {
      await holdGolden(tx);
      if (!(await store.endPin(tx, partyId, pinId, caller.userId))) throw new DomainError("invalid_state", "unpinned already");
      await refreshCustomersInside(tx, await store.customersOf(tx, partyId));
      await record(tx, {
        caller,
        action: "value.unpinned",
        subjectKind: "customer",
        subjectIds: [customerId],
        detail: { attribute, pinId },
      });
    }),
  );
  return { pinId };
}

async function requireVisible(db: Db, caller: Caller, customerId: string, partyId: string): Promise<void> {
  const found = await inTransaction(db, caller, (tx) => store.isRecordOf(tx, customerId, partyId), { readOnly: true });
  if (!found) throw new DomainError("not_found", "no such record of this customer for this caller");
}
