import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { decidedBy } from "../overview/index.ts";
import type { CustomerAsOf } from "./contract.ts";
import { knownAt, validAt } from "./rules.ts";
import * as store from "./store.ts";

export interface AsOf {
  readonly knownOn?: string | undefined;
  readonly validOn?: string | undefined;
}

/**
 * A customer in the past, from the versions of its records in force then. Audited as a view. Fails with not_allowed, not_found (also: not for this
 * caller, and customers that were joined to another).
 */
export async function viewCustomerAsOf(tx: Tx, caller: Caller, clock: Clock, customerId: string, asked: AsOf): Promise<CustomerAsOf> {
  permit(caller, "customer:read");
  const at: store.Moments = { knownAt: knownAt(asked.knownOn, clock.now()), validAt: validAt(asked.validOn) };
  const customer = await store.readHeader(tx, customerId);
  if (customer === null) throw new DomainError("not_found", "no such customer for this caller");
  const { competing, contactPoints, identifiers, records } = await store.readPast(tx, customerId, at);
  await record(tx, {
    caller,
    action: "customer.viewed_as_of",
    subjectKind: "customer",
    subjectIds: [customerId],
    fieldClasses: ["name", "birth", "contact", "identifier"],
    detail: { ...asked },
  });
  const groups = Map.groupBy(competing, ({ attribute }) => attribute);
  const attributes = [...groups].map(([attribute, group]) => ({
    attribute,
    values: group.slice(0, VALUES_MAX).map(({ attribute: _, strategy: __, pin, ...value }) => ({ ...value, pinned: pin !== null })),
    decidedBy: decidedBy(group, group[0]?.strategy ?? []),
  }));
  const fullName = attributes.find(({ attribute }) => attribute === "full_name")?.values[0]?.value ?? null;
  return { ...at, customer: { ...customer, fullName }, attributes, contactPoints, identifiers, records };
}

const VALUES_MAX = 50;
