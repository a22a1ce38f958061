import type { Tx } from "../../platform/db/index.ts";
import type { Refusal } from "./contract.ts";
import * as store from "./store.ts";

export interface ContactDecision {
  readonly allowed: boolean;
  readonly refusals: readonly Refusal[];
}

/** What holds at this moment, for screens and for preparing. A customer the transaction's caller does not see is an unknown one. */
export async function mayContact(tx: Tx, question: store.ContactQuestion): Promise<ContactDecision> {
  const refusals = await store.refusalsOf(tx, question);
  return { allowed: refusals.length === 0, refusals };
}

/** May models, segments and scores look at this customer? */
export async function mayProfile(tx: Tx, customerId: string): Promise<ContactDecision> {
  return mayContact(tx, { customerId, purpose: "profiling", channel: "any" });
}

/**
 * The last question before a send, on the worker, in the transaction that sends: a withdrawal that comes meanwhile waits for its end, one that came before
 * is seen. Keep that transaction under a second.
 */
export async function claimContact(tx: Tx, question: store.ContactQuestion): Promise<ContactDecision> {
  const refusals = await store.claimContact(tx, question);
  return { allowed: refusals.length === 0, refusals };
}
