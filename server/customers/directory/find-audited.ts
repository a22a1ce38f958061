import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { findAudited } from "./store.ts";

/** Customers by number or id, as who reads the trail may know them: number and id, nothing else. Fails with not_allowed. */
export async function findAuditedCustomers(tx: Tx, caller: Caller, asked: { number?: string[] | undefined; id?: string[] | undefined }) {
  permit(caller, "audit:read");
  const customers = await findAudited(tx, asked.number ?? [], asked.id ?? []);
  const subjectIds = customers.map(({ customerId }) => customerId);
  await record(tx, { caller, action: "audit.customers_numbered", subjectKind: "customer", subjectIds, query: asked });
  return { customers };
}
