import { readNames } from "../../governance/access/index.ts";
import { record, recordLast } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { Attribute, CustomerView } from "./contract.ts";
import type { CompetingRow } from "./parts.ts";
import { decidedBy } from "./rules.ts";
import * as store from "./store.ts";

const VIEW_CLASSES = ["name", "birth", "contact", "identifier", "money", "relation", "note"] as const;

/** Everything the bank knows of one customer. The view is audited in the same transaction. Fails with not_allowed, not_found (also: not for this caller). */
export async function viewCustomer(tx: Tx, caller: Caller, customerId: string): Promise<CustomerView> {
  permit(caller, "customer:read");
  const parts = await store.readParts(tx, customerId);
  if (parts === null) throw new DomainError("not_found", "no such customer for this caller");
  await recordLast(tx, {
    caller,
    action: "customer.viewed",
    subjectKind: "customer",
    subjectIds: [customerId],
    fieldClasses: VIEW_CLASSES,
  });
  const { customer, competing, disputes, contactPoints, identifiers, holdings, records } = parts;
  const people = [...competing.flatMap(({ pin }) => (pin === null ? [] : [pin.pinnedBy])), ...disputes.map(({ disputedBy }) => disputedBy)];
  const names = people.length === 0 ? new Map<string, string>() : await readNames(tx, people);
  return {
    customer,
    attributes: attributesOf(competing, names),
    disputes: disputes.map(({ disputedBy, ...dispute }) => ({ ...dispute, disputedByName: names.get(disputedBy) ?? null })),
    contactPoints,
    identifiers,
    holdings,
    records,
    totals: totalsOf(holdings),
  };
}

/** The row of a source as it came, but for numbers of documents, which stay masked; seeing it is audited by itself, because it may say more than the view. Fails with not_allowed, not_found. */
export async function readSourceRecord(tx: Tx, caller: Caller, customerId: string, partyId: string) {
  permit(caller, "customer:read");
  const delivered = await store.readDelivered(tx, customerId, partyId);
  if (delivered === null) throw new DomainError("not_found", "no such record for this caller");
  await record(tx, {
    caller,
    action: "source_record.viewed",
    subjectKind: "customer",
    subjectIds: [customerId],
    detail: { partyId },
    fieldClasses: ["source_record"],
  });
  return { columns: Object.entries(delivered).map(([name, value]) => ({ name, value })) };
}

function attributesOf(rows: readonly CompetingRow[], names: ReadonlyMap<string, string>): Attribute[] {
  const groups = Map.groupBy(rows, (row) => row.attribute);
  return [...groups].map(([attribute, group]) => {
    const strategy = [...(group[0]?.strategy ?? [])];
    const values = group.map(({ attribute: _, strategy: __, pin, ...value }) => ({
      ...value,
      pin: pin === null ? null : { pinId: pin.pinId, reason: pin.reason, pinnedByName: names.get(pin.pinnedBy) ?? null },
    }));
    return { attribute, values, strategy, decidedBy: decidedBy(values, strategy) };
  });
}

/** What the customer has and owes, by currency; closed holdings and those the customer merely may act on (authorised, guarantor) do not count. */
function totalsOf(holdings: CustomerView["holdings"]): CustomerView["totals"] {
  const counted = holdings.filter(
    ({ role, class: kind, status }) => (role === "owner" || role === "joint_owner") && kind !== "service" && status !== "closed",
  );
  return [...Map.groupBy(counted, (holding) => holding.currency)].map(([currency, group]) => ({
    currency,
    assetsMinor: sumOf(group.filter((holding) => holding.class === "asset")),
    debtsMinor: -sumOf(group.filter((holding) => holding.class === "debt")),
    holdings: group.length,
  }));
}

function sumOf(holdings: CustomerView["holdings"]): bigint {
  return holdings.reduce((sum, holding) => sum + (holding.balanceMinor ?? 0n), 0n);
}
