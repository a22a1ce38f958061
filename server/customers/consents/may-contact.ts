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

/** A batch of one send. */
export const CLAIMED_MAX = 10_000;

/**
 * The same for at most 10,000 customers at once: who may not be contacted and why; whoever is not among them may. The transaction that sends to the batch
 * holds all of their records, so keep batches as short as a send. Fails on more.
 */
export async function claimContacts(
  tx: Tx,
  question: Omit<store.ContactQuestion, "customerId"> & { readonly customerIds: readonly string[] },
): Promise<ReadonlyMap<string, readonly Refusal["reason"][]>> {
  if (question.customerIds.length > CLAIMED_MAX) throw new Error(`more than ${CLAIMED_MAX} customers in one batch`);
  return byCustomer(await store.claimContacts(tx, question));
}

/** What holds for many, for preparing: who may not be contacted and why; whoever is not among them may. Holds nobody's records; ask again before sending. */
export async function refusalsAmong(
  tx: Tx,
  question: Omit<store.ContactQuestion, "customerId"> & { readonly customerIds: readonly string[] },
): Promise<ReadonlyMap<string, readonly Refusal["reason"][]>> {
  return byCustomer(await store.refusalsAmong(tx, question));
}

function byCustomer(
  rows: readonly { readonly customerId: string; readonly reason: Refusal["reason"] }[],
): Map<string, Refusal["reason"][]> {
  const refused = new Map<string, Refusal["reason"][]>();
  for (const { customerId, reason } of rows) refused.set(customerId, [...(refused.get(customerId) ?? []), reason]);
  return refused;
}
