import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import * as store from "./store.ts";

export interface Answering {
  readonly outcome: "settled" | "rejected";
  readonly answer: string;
  readonly version: number;
}

/** Fails with not_allowed, not_found, conflict (somebody answered meanwhile). */
export async function answerDispute(tx: Tx, caller: Caller, customerId: string, disputeId: string, answering: Answering) {
  permit(caller, "value:pin");
  const dispute = await store.findDispute(tx, customerId, disputeId);
  if (dispute === null) throw new DomainError("not_found", "no such dispute for this caller");
  const written = await store.writeAnswer(tx, { ...answering, partyId: dispute.partyId, disputeId, by: caller.userId });
  if (!written) throw new DomainError("conflict", "somebody answered meanwhile");
  await record(tx, {
    caller,
    action: `value_dispute.${answering.outcome}`,
    subjectKind: "customer",
    subjectIds: [customerId],
    detail: { disputeId },
  });
  return { disputeId };
}
