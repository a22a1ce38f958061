import { record } from "../../governance/audit/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { SaidConsent } from "./contract.ts";
import { faultOf } from "./rules.ts";
import * as store from "./store.ts";

/** Of one statement. */
const BROUGHT_MAX = 10_000;

/**
 * Writes down what customers had said before the bank came here, at most 10,000 at once, on the worker. Each is judged as if it were said to a person.
 * Fails with invalid_input (naming the first that does not fit), on more.
 */
export async function bringConsents(tx: Tx, caller: Caller, clock: Clock, said: readonly SaidConsent[]): Promise<void> {
  if (said.length > BROUGHT_MAX) throw new DomainError("invalid_input", `more than ${BROUGHT_MAX} at once`);
  const now = clock.now();
  const entries = said.map((one, place) => {
    const happenedAt = one.happenedAt === undefined ? now : new Date(one.happenedAt);
    const { purpose, channel, act } = one;
    const fault = faultOf(
      { purpose, channel, act, withBasis: one.lawfulBasis !== undefined, withText: one.text !== undefined, happenedAt },
      now,
    );
    if (fault !== null)
      throw new DomainError("invalid_input", `the ${fault} of number ${place + 1} does not fit`, { detail: { field: fault } });
    return { ...one, happenedAt };
  });
  await store.insertEntries(tx, entries, caller.userId);
  await record(tx, { caller, action: "consent.brought", subjectKind: "customer", subjectCount: entries.length, query: entries.length });
}
