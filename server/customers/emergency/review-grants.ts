import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { GRANTS_PAGE_ROWS, type Grant } from "./contract.ts";
import * as store from "./store.ts";

/** Fails with not_allowed. */
export async function listGrants(
  tx: Tx,
  caller: Caller,
  { state, after }: { state: "waiting" | "reviewed"; after?: string | undefined },
): Promise<{ grants: Grant[]; next: string | null }> {
  permit(caller, "glass:review");
  const found = await store.listGrants(tx, state, after ?? null);
  const grants = found.slice(0, GRANTS_PAGE_ROWS);
  await record(tx, { caller, action: "glass.listed", subjectKind: "access_grant", subjectCount: grants.length });
  return { grants, next: found.length > GRANTS_PAGE_ROWS ? (grants.at(-1)?.grantId ?? null) : null };
}

/** Fails with not_allowed, not_found, invalid_state (one's own; reviewed already), conflict (it changed meanwhile). */
export async function reviewGrant(
  tx: Tx,
  caller: Caller,
  grantId: string,
  review: { verdict: "justified" | "not_justified"; note: string; version: number },
): Promise<void> {
  permit(caller, "glass:review");
  const grant = await store.findGrant(tx, grantId);
  if (grant === null) throw new DomainError("not_found", "no such access");
  if (grant.personId === caller.userId) throw new DomainError("invalid_state", "one's own", { detail: { reason: "own" } });
  if (grant.reviewed) throw new DomainError("invalid_state", "reviewed already", { detail: { reason: "reviewed" } });
  if (!(await store.saveReview(tx, grantId, { ...review, by: caller.userId }))) throw new DomainError("conflict", "it changed meanwhile");
  await record(tx, {
    caller,
    action: "glass.reviewed",
    subjectKind: "customer",
    subjectIds: grant.customerId === null ? [] : [grant.customerId],
    detail: { grantId, verdict: review.verdict },
  });
}
