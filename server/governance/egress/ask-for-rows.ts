import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import { type EgressClass, egressClasses } from "./contract.ts";
import * as store from "./store.ts";

export async function readBudget(tx: Tx, caller: Caller) {
  const waiting = await store.listWaitingOf(tx, caller.userId);
  const budgets = await store.readBudget(tx, caller.userId);
  return { budgets: budgets.map((budget) => ({ ...budget, waiting: waiting.find((asked) => asked.class === budget.class) ?? null })) };
}

/** Those who may decide are told. Fails with conflict (one request of the class waits already). */
export async function askForRows(
  tx: Tx,
  caller: Caller,
  asked: { class: EgressClass; rows: number; reason: string },
): Promise<{ requestId: string }> {
  const requestId = newId();
  await store.insertRequest(tx, { requestId, personId: caller.userId, ...asked });
  await record(tx, {
    caller,
    action: "egress.asked",
    subjectKind: "person",
    subjectIds: [caller.userId],
    detail: { class: asked.class, asked: asked.rows, requestId },
  });
  return { requestId };
}

/** Fails with not_allowed. */
export async function listEgressRequests(tx: Tx, caller: Caller) {
  permit(caller, "egress:approve");
  return { requests: await store.listRequests(tx) };
}

/** Fails with not_allowed, not_found, invalid_state (one's own; decided already). */
export async function decideEgressRequest(
  tx: Tx,
  caller: Caller,
  requestId: string,
  { approve, note }: { approve: boolean; note: string },
): Promise<void> {
  permit(caller, "egress:approve");
  const outcome = await store.decide(tx, requestId, approve, note);
  if (outcome === "not_found") throw new DomainError("not_found", "no such request");
  if (outcome !== "done") throw new DomainError("invalid_state", outcome, { detail: { reason: outcome } });
}

/** The alarm, in a transaction of its own: the one that went over the budget was undone. Other limits are told of where they are kept. */
export async function tellSpent(db: Db, caller: Caller, limit: unknown): Promise<void> {
  const spent = egressClasses.find((name) => limit === `egress_${name}`);
  if (spent !== undefined) await inTransaction(db, caller, (tx) => store.tellSpent(tx, spent));
}
