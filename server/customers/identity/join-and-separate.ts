import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { MEMBERS_MAX } from "./contract.ts";
import { weigh } from "./decide-pairs.ts";
import type { StoredModel } from "./match-store.ts";
import * as steward from "./steward-store.ts";
import { differ, workOnIdentity } from "./work-on-identity.ts";

/** Joins another customer to this one by hand. Fails with not_allowed, not_found, invalid_state (verified identifiers differ; one and the same customer). */
export async function joinCustomers(
  db: Db,
  caller: Caller,
  customerId: string,
  { otherCustomerId, reason }: { otherCustomerId: string; reason: string },
) {
  permit(caller, "identity:decide");
  if (customerId === otherCustomerId)
    throw new DomainError("invalid_state", "a customer cannot be joined to itself", { detail: { reason: "same_customer" } });
  const [own, others] = [await membersOf(db, caller, customerId), await membersOf(db, caller, otherCustomerId)];
  const decide = async (tx: Tx, stored: StoredModel) => {
    const pairs = own.flatMap((a) => others.map((b) => ({ a, b })));
    const weighed = await weigh(tx, stored, pairs);
    if (weighed.some(({ conflict }) => conflict)) throw differ();
    // The pair that agrees best carries the decision: it is the one that explains it.
    const best = weighed.reduce((surest, pair) => (pair.bits > surest.bits ? pair : surest));
    await steward.forgetDecisions(tx, own, others, "apart");
    await steward.saveDecisions(tx, [{ ...best, modelNo: stored.modelNo, decision: "same", by: caller.userId, reason }]);
    await record(tx, {
      caller,
      action: "customer.joined",
      subjectKind: "customer",
      subjectIds: [customerId, otherCustomerId],
      detail: { reason },
    });
    return [...own, ...others];
  };
  const toBeOne = own.slice(0, 1).flatMap((a) => others.slice(0, 1).map((b) => ({ a, b })));
  const settled = await workOnIdentity(db, caller, { decide, toBeOne });
  return { customerId: await customerOf(db, caller, own), moved: settled.moved };
}

/**
 * Takes records out of a customer; they become who they were, and no evidence joins them to the rest again, only a person. Fails with not_allowed,
 * not_found, invalid_state (nothing would be left).
 */
export async function separateRecords(
  db: Db,
  caller: Caller,
  customerId: string,
  { partyIds, reason }: { partyIds: readonly string[]; reason: string },
) {
  permit(caller, "identity:decide");
  const members = await membersOf(db, caller, customerId);
  const leaving = [...new Set(partyIds)];
  if (leaving.some((id) => !members.includes(id))) throw new DomainError("not_found", "no such record of this customer for this caller");
  const staying = members.filter((id) => !leaving.includes(id));
  if (staying.length === 0) throw new DomainError("invalid_state", "at least one record stays", { detail: { reason: "nothing_left" } });
  const decide = async (tx: Tx, stored: StoredModel) => {
    const weighed = await weigh(
      tx,
      stored,
      leaving.flatMap((a) => staying.map((b) => ({ a, b }))),
    );
    await steward.saveDecisions(
      tx,
      weighed.map(({ a, b, bits }) => ({ a, b, bits, modelNo: stored.modelNo, decision: "apart", by: caller.userId, reason })),
    );
    await record(tx, {
      caller,
      action: "customer.separated",
      subjectKind: "customer",
      subjectIds: [customerId],
      detail: { reason, records: leaving.length },
    });
    return members;
  };
  const settled = await workOnIdentity(db, caller, { decide });
  return { customerIds: settled.customerIds.slice(0, 1000), moved: settled.moved };
}

async function membersOf(db: Db, caller: Caller, customerId: string): Promise<string[]> {
  const members = await inTransaction(db, caller, (tx) => steward.readMembers(tx, customerId, MEMBERS_MAX + 1), { readOnly: true });
  if (members.length === 0) throw new DomainError("not_found", "no such customer for this caller");
  if (members.length > MEMBERS_MAX)
    throw new DomainError("invalid_state", "a customer of too many records", { detail: { reason: "too_many_records", max: MEMBERS_MAX } });
  return members.map(({ partyId }) => partyId);
}

async function customerOf(db: Db, caller: Caller, partyIds: readonly string[]): Promise<string> {
  const [first] = await inTransaction(db, caller, (tx) => steward.readSides(tx, partyIds), { readOnly: true });
  if (first === undefined) throw new DomainError("not_found", "no such customer for this caller");
  return first.customerId;
}
