import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { Answer, SpokenChannel } from "./contract.ts";
import { orderRound } from "./jobs.ts";
import { readHeld } from "./read-next-action.ts";
import * as store from "./read-store.ts";

/**
 * Writes down what the customer answered to an action that may be proposed now. Suppressions and caps count it at once; the customer is decided upon anew
 * soon. Fails with not_allowed, not_found, invalid_state (decided anew meanwhile; not to be proposed; not by that channel).
 */
export async function answerAction(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  customerId: string,
  given: { readonly decisionId: string; readonly actionId: string; readonly answer: Answer; readonly channel: SpokenChannel },
): Promise<{ answerId: string }> {
  permit(caller, "consent:record");
  const { decision, open, actions, channels } = await readHeld(tx, clock, customerId);
  const partyId = await store.findParty(tx, customerId);
  if (partyId === null) throw new DomainError("not_found", "no such customer for this caller");
  if (decision === null || decision.decisionId !== given.decisionId)
    throw new DomainError("invalid_state", "it was decided anew meanwhile", { detail: { reason: "decided_anew" } });
  if (!open.some(({ actionId }) => actionId === given.actionId))
    throw new DomainError("invalid_state", "not to be proposed", { detail: { reason: "not_open" } });
  if (actions.get(given.actionId)?.purpose === "marketing" && !channels.includes(given.channel))
    throw new DomainError("invalid_state", "not by this channel", { detail: { reason: "channel_closed" } });
  const answerId = newId();
  const { actionId, answer, channel } = given;
  await store.insertAnswer(tx, { answerId, partyId, actionId, answer, channel, decision, by: caller.userId, at: clock.now() });
  await record(tx, {
    ...{ caller, action: "next_action.answered", subjectKind: "customer", subjectIds: [customerId] },
    detail: { answerId, actionId, answer, channel },
  });
  await store.makeDue(tx, customerId, clock.now().toISOString().slice(0, 10));
  await orderRound(tx, "due");
  return { answerId };
}
