import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import * as store from "./store.ts";

/** Who can see the customer today, and why. Fails with not_allowed, not_found. */
export async function explainCustomer(tx: Tx, caller: Caller, customer: string) {
  permit(caller, "access:explain");
  const found = await store.findCustomer(tx, customer);
  if (found === null) throw new DomainError("not_found", "no such customer");
  const viewers = await store.listViewers(tx, found.customerId);
  await record(tx, { caller, action: "access.explained", subjectKind: "customer", subjectIds: [found.customerId], subjectCount: 1 });
  return { ...found, count: viewers[0]?.count ?? 0, people: viewers.map(({ count: _, ...person }) => person) };
}

/** What the person can see today, by unit and reason. Fails with not_allowed, not_found. */
export async function explainPerson(tx: Tx, caller: Caller, userId: string) {
  permit(caller, "access:explain");
  const count = await store.countSeen(tx, userId);
  if (count === null) throw new DomainError("not_found", "no such person");
  const parts = await store.listParts(tx, userId);
  await record(tx, { caller, action: "access.explained", subjectKind: "user", subjectIds: [userId] });
  return { count, parts };
}
