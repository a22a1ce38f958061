import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { SaidConsent } from "./contract.ts";
import { faultOf } from "./rules.ts";
import * as store from "./store.ts";

/**
 * Writes down what a customer said, on the record it was said to. It counts for the next send and the next score. Fails with not_allowed (a basis needs
 * privacy:manage), not_found (no such record of this customer for this caller), invalid_input (naming the field), invalid_state (no such text).
 */
export async function recordConsent(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  customerId: string,
  said: SaidConsent,
): Promise<{ consentId: string }> {
  permit(caller, said.act === "basis" ? "privacy:manage" : "consent:record");
  const now = clock.now();
  const happenedAt = said.happenedAt === undefined ? now : new Date(said.happenedAt);
  const { partyId, purpose, channel, act, text } = said;
  const fault = faultOf(
    { purpose, channel, act, withBasis: said.lawfulBasis !== undefined, withText: text !== undefined, happenedAt },
    now,
  );
  if (fault !== null) throw new DomainError("invalid_input", `the ${fault} does not fit`, { detail: { field: fault } });
  if (!(await store.isRecordOf(tx, customerId, partyId)))
    throw new DomainError("not_found", "no such record of this customer for this caller");
  if (text !== undefined && !(await store.hasText(tx, { purpose, ...text })))
    throw new DomainError("invalid_state", "there is no such text", { detail: { reason: "no_such_text" } });
  const consentId = newId();
  await store.insertEntry(tx, {
    ...{ consentId, partyId, purpose, channel, act, happenedAt, obtainedBy: said.obtainedBy, by: caller.userId },
    ...{ lawfulBasis: said.lawfulBasis ?? null, text: text ?? null, reference: said.reference ?? null, note: said.note ?? null },
  });
  await record(tx, {
    caller,
    action: `consent.${act}`,
    subjectKind: "customer",
    subjectIds: [customerId],
    detail: { consentId, purpose, channel },
  });
  return { consentId };
}
