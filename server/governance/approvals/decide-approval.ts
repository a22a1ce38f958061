import { createHash } from "node:crypto";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { canonicalJson, requireStepUp } from "../access/index.ts";
import { record } from "../audit/index.ts";
import type { Act, Acts } from "./act.ts";
import { isSame } from "./rules.ts";
import * as store from "./store.ts";

export interface Decision {
  readonly approve: boolean;
  /** Why; read by the maker. */
  readonly note: string;
  /** Of what was shown: `readApproval`. */
  readonly hash: string;
}

/**
 * The approval that completes a request carries it out in this transaction, as the maker, with the maker's rights of now; of many at once exactly one does.
 * When the target is no longer as it was asked about, or the maker may no longer do it, nothing is done and the request is closed as "changed".
 * Fails with not_found (also: not theirs to decide), step_up_needed (approving, bound to what was shown), invalid_state with reason `own`, conflict with
 * reason `closed` or `decided` (by this person, or by who they stand in for) or `unseen`, and as the act itself; then nothing is changed.
 */
export async function decideApproval(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  acts: Acts,
  decision: Decision & { readonly requestId: string },
): Promise<Decided> {
  return decideWith(tx, { caller, clock, acts }, decision, (act) =>
    requireStepUp(tx, caller, clock, {
      ...{ action: "approval.approved", subjectIds: [decision.requestId] },
      payload: { act: act.action, hash: decision.hash },
    }),
  );
}

/**
 * The same for who has made sure otherwise that a person is there, and of what they saw: the command line by their password and a checksum, the demo bank by
 * being none.
 */
export async function decideProven(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  acts: Acts,
  decision: Omit<Decision, "hash"> & { readonly requestId: string },
): Promise<Decided> {
  return decideWith(tx, { caller, clock, acts }, { ...decision, hash: null }, async () => undefined);
}

export interface Decided {
  readonly state: "waiting" | "approved" | "refused" | "changed";
}

async function decideWith(
  tx: Tx,
  { caller, clock, acts }: { readonly caller: Caller; readonly clock: Clock; readonly acts: Acts },
  { requestId, hash, ...decision }: Omit<Decision, "hash"> & { readonly requestId: string; readonly hash: string | null },
  prove: (act: Act) => Promise<void>,
): Promise<Decided> {
  const request = await store.findRequest(tx, requestId);
  if (request === null) throw new DomainError("not_found", "no such request for this caller");
  if (request.makerId === caller.userId) throw new DomainError("invalid_state", "one's own", { detail: { reason: "own" } });
  const act = actOf(acts, request.action);
  if (decision.approve) {
    // Who decides must be able to see what they decide about.
    await act.describe(tx, caller, act.payload.parse(JSON.parse(request.payload)));
    await prove(act);
  }
  const outcome = await store.decide(tx, requestId, { ...decision, hash: hash ?? request.hash });
  switch (outcome) {
    case "not_found":
      throw new DomainError("not_found", "no such request for this caller");
    case "own":
      throw new DomainError("invalid_state", "one's own", { detail: { reason: "own" } });
    case "closed":
    case "unseen":
    case "decided":
      throw new DomainError("conflict", outcome, { detail: { reason: outcome } });
    case "approved":
      return { state: await carryOut(tx, caller, clock, act, request) };
    default:
      return { state: outcome };
  }
}

async function carryOut(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  act: Act,
  { requestId, ...request }: store.StoredRequest,
): Promise<"approved" | "changed"> {
  if (!createHash("sha256").update(request.payload).digest().equals(request.payloadHash)) throw new Error("the stored request was changed");
  const payload = act.payload.parse(JSON.parse(request.payload));
  const done = await store.asMaker(tx, requestId, caller, async (maker) => {
    if (maker === null || (act.permission !== null && !maker.permissions.has(act.permission))) return false;
    const now = await act.describe(tx, maker, payload).catch(onlyMissing);
    if (now === null || !isSame(request, { subjects: now.subjects, difference: canonicalJson(now.difference) })) return false;
    await act.execute(tx, maker, payload, { requestId, clock, subjects: now.subjects });
    return true;
  });
  if (done) return "approved";
  await store.outdate(tx, requestId);
  await record(tx, { caller, action: "approval.outdated", subjectKind: "approval", subjectIds: [requestId], detail: { act: act.action } });
  return "changed";
}

/** The target is gone, or no longer the maker's to see; any other failure stays one. */
function onlyMissing(error: unknown): null {
  if (error instanceof DomainError && error.code === "not_found") return null;
  throw error;
}

export function actOf(acts: Acts, action: string): Act {
  const act = acts.get(action);
  if (act === undefined) throw new DomainError("invalid_state", `nothing carries out ${action}`, { detail: { reason: "unknown_act" } });
  return act;
}
