import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { canonicalJson } from "../access/index.ts";
import { record } from "../audit/index.ts";
import type { Acts } from "./act.ts";
import type { Approval, DifferenceLine, Outcome } from "./contract.ts";
import { actOf } from "./decide-approval.ts";
import { requestApproval } from "./request-approval.ts";
import { isSame } from "./rules.ts";
import * as store from "./store.ts";

export async function listApprovals(tx: Tx, caller: Caller, view: "to_decide" | "asked" | "decided"): Promise<{ approvals: Approval[] }> {
  if (view === "to_decide") return { approvals: await store.listToDecide(tx) };
  return { approvals: await (view === "asked" ? store.listAsked(tx, caller.userId) : store.listDecided(tx, caller.userId)) };
}

/** Fails with not_found: also where what it is about does not exist for the caller. */
export async function readApproval(tx: Tx, caller: Caller, acts: Acts, requestId: string) {
  const request = await store.findRequest(tx, requestId);
  if (request === null) throw new DomainError("not_found", "no such request for this caller");
  const { payload, payloadHash: _, difference, hash, subjects, mayDecide, ...approval } = request;
  const waiting = approval.state === "waiting";
  const act = actOf(acts, approval.action);
  const now = waiting ? await act.describe(tx, caller, act.payload.parse(JSON.parse(payload))) : null;
  await record(tx, {
    caller,
    action: "approval.viewed",
    subjectKind: "approval",
    subjectIds: [requestId],
    detail: { act: approval.action },
  });
  return {
    approval,
    difference: JSON.parse(difference) as DifferenceLine[],
    hash,
    mayDecide: mayDecide && waiting,
    own: approval.makerId === caller.userId,
    targetChanged: now !== null && !isSame({ subjects, difference }, { subjects: now.subjects, difference: canonicalJson(now.difference) }),
    decisions: await store.listDecisions(tx, requestId),
  };
}

/** Fails with not_found, invalid_state (closed already). */
export async function withdrawApproval(tx: Tx, requestId: string): Promise<void> {
  const outcome = await store.withdraw(tx, requestId);
  if (outcome === "not_found") throw new DomainError("not_found", "no such request of this caller");
  if (outcome === "closed") throw new DomainError("invalid_state", "closed", { detail: { reason: "closed" } });
}

const renewable = new Set(["changed", "expired", "refused", "withdrawn"]);

/** Asks for the same as things are now. Fails with not_found, invalid_state (it waits, or was approved), and as requestApproval. */
export async function renewApproval(tx: Tx, caller: Caller, clock: Clock, acts: Acts, requestId: string): Promise<Outcome> {
  const request = await store.findRequest(tx, requestId);
  if (request === null || request.makerId !== caller.userId) throw new DomainError("not_found", "no such request of this caller");
  if (!renewable.has(request.state)) throw new DomainError("invalid_state", "not closed", { detail: { reason: "not_closed" } });
  const amount =
    request.amountMinor === null || request.currency === null ? {} : { amount: { minor: request.amountMinor, currency: request.currency } };
  const asking = { payload: JSON.parse(request.payload), reason: request.reason, ...amount };
  return requestApproval(tx, caller, clock, actOf(acts, request.action), asking);
}
