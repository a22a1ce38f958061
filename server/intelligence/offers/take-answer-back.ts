import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { TAKE_BACK_HOURS } from "./contract.ts";
import { orderRound } from "./jobs.ts";
import * as store from "./read-store.ts";

const HOUR_MS = 3_600_000;

/**
 * Takes back an answer the caller wrote within the last 24 hours: suppressions and caps forget it, and the customer is decided upon anew. What it was stays
 * on the audit trail. Fails with not_allowed, not_found (no such customer), invalid_state (no such answer, somebody else's, or too old).
 */
export async function takeAnswerBack(tx: Tx, caller: Caller, clock: Clock, customerId: string, answerId: string): Promise<void> {
  permit(caller, "consent:record");
  if ((await store.readLanguage(tx, customerId)) === null) throw new DomainError("not_found", "no such customer for this caller");
  const now = clock.now();
  const since = new Date(now.getTime() - TAKE_BACK_HOURS * HOUR_MS);
  const taken = await store.deleteAnswer(tx, { customerId, answerId, by: caller.userId, since });
  if (taken === null) throw new DomainError("invalid_state", "not to be taken back", { detail: { reason: "not_taken_back" } });
  await record(tx, {
    ...{ caller, action: "next_action.answer_taken_back", subjectKind: "customer", subjectIds: [customerId] },
    detail: { answerId, ...taken },
  });
  await store.makeDue(tx, customerId, now.toISOString().slice(0, 10));
  await orderRound(tx, "due");
}
