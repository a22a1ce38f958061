import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { canonicalJson } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import type { Act, Amount } from "./act.ts";
import type { Outcome } from "./contract.ts";
import * as store from "./store.ts";

export interface Asking<Payload extends z.ZodType> {
  readonly payload: z.input<Payload> | z.output<Payload>;
  /** Why; read by who decides. 3 to 500 characters. */
  readonly reason: string;
  /** Decides, with the policy, who is asked. */
  readonly amount?: Amount;
}

/**
 * Keeps the act for somebody else's approval; where the bank's policy asks for nobody (up to this amount), does it at once: "done". Fails with not_allowed
 * (the maker may not do it at all), invalid_state with reason `no_policy`, conflict (the maker asks for the same already), and as the act's `describe`.
 */
export async function requestApproval<Payload extends z.ZodType>(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  act: Act<Payload>,
  { payload: input, reason, amount }: Asking<Payload>,
): Promise<Outcome> {
  if (act.permission !== null) permit(caller, act.permission);
  const payload = canonicalJson(input);
  // What is described is what will be executed: the stored text, read by the act's own schema.
  const parsed = act.payload.parse(JSON.parse(payload));
  const description = await act.describe(tx, caller, parsed);
  const needed = await store.approversNeeded(tx, act.action, amount ?? null);
  if (needed === null) throw new DomainError("invalid_state", `${act.action} has no policy`, { detail: { reason: "no_policy" } });
  if (needed === 0) {
    await act.execute(tx, caller, parsed, { requestId: null, clock, subjects: description.subjects });
    return { state: "done", requestId: null };
  }
  const requestId = newId();
  await store.insertRequest(tx, {
    requestId,
    action: act.action,
    makerId: caller.userId,
    reason,
    payload,
    payloadHash: createHash("sha256").update(payload).digest(),
    description,
    difference: canonicalJson(description.difference),
    amount: amount ?? null,
  });
  await record(tx, {
    caller,
    action: "approval.asked",
    subjectKind: description.subjectKind,
    subjectIds: description.subjects.map(({ id }) => id),
    rows: 0,
    detail: { requestId, act: act.action },
  });
  return { state: "waiting", requestId };
}
