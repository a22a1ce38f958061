import { readNames } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import * as store from "./store.ts";

/** Newest first; `next` is where the following page begins. Audited as a view of the customers listed. Fails with not_allowed. */
export async function listDisputes(tx: Tx, caller: Caller, query: store.DisputeQuery) {
  permit(caller, "value:pin");
  const found = await store.listDisputes(tx, { ...query, limit: query.limit + 1 });
  const rows = found.slice(0, query.limit);
  const names = await readNames(
    tx,
    rows.flatMap(({ by, answeredBy }) => [by, ...(answeredBy === null ? [] : [answeredBy])]),
  );
  await record(tx, {
    caller,
    action: "value_dispute.listed",
    fieldClasses: ["name"],
    subjectKind: "customer",
    subjectIds: [...new Set(rows.map(({ customerId }) => customerId))],
  });
  return {
    disputes: rows.map(({ by, answeredBy, ...row }) => ({
      ...row,
      disputedByName: names.get(by) ?? null,
      answeredByName: answeredBy === null ? null : (names.get(answeredBy) ?? null),
    })),
    next: found.length > query.limit ? (rows.at(-1)?.disputeId ?? null) : null,
  };
}
