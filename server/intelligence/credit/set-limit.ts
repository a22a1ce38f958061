import { requireStepUp } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import * as store from "./customer-store.ts";

export interface LimitRequest {
  readonly scope: "customer" | "group";
  readonly amountMinor: bigint;
  readonly validUntil?: string | undefined;
  readonly reason: string;
}

/** What a customer or its group may owe from now on. Fails with not_allowed, not_found, invalid_state (belongs to no group), step_up_needed. */
export async function setLimit(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  customerId: string,
  request: LimitRequest,
): Promise<{ limitId: string }> {
  permit(caller, "credit:manage");
  const head = await store.readHead(tx, customerId);
  if (head === null) throw new DomainError("not_found", "no such customer for this caller");
  if (request.scope === "group" && !(await store.hasGroup(tx, customerId)))
    throw new DomainError("invalid_state", "the customer belongs to no group", { detail: { reason: "no_group" } });
  const payload = { ...request, amountMinor: request.amountMinor.toString() };
  await requireStepUp(tx, caller, clock, { action: "credit_limit.set", subjectIds: [customerId], payload });
  const limitId = newId();
  const { scope, amountMinor, reason, validUntil = null } = request;
  await store.insertLimit(tx, { partyId: head.partyId, limitId, scope, amountMinor, validUntil, reason, by: caller.userId });
  await record(tx, {
    ...{ caller, action: "credit_limit.set", subjectKind: "customer", subjectIds: [customerId] },
    detail: { limitId, scope, amountMinor: amountMinor.toString() },
  });
  return { limitId };
}
