import { requireStepUp } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { askSegments, readSharedSegments, today } from "../segments/index.ts";
import { readPolicy } from "./bank-store.ts";
import type { ActionKind, ActionSettings, HouseRules } from "./contract.ts";
import { decidedFacts } from "./decide-offers.ts";
import { orderRound } from "./jobs.ts";
import * as store from "./manage-store.ts";

interface Asked<Of> {
  /** Of the settings as they were looked at. */
  readonly version: number;
  readonly of: Of;
  readonly reason: string;
}

/**
 * Changes the settings of an action: whether it is proposed at all, its figures, and its lever between 0.5 and 2. Kept with before, after and reason; then
 * everybody is decided upon anew. Fails with not_allowed, not_found, conflict (changed meanwhile), invalid_input, step_up_needed.
 */
export async function changeAction(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  actionId: string,
  { version, of, reason }: Asked<ActionSettings>,
): Promise<void> {
  permit(caller, "offer:manage");
  const found = await store.findAction(tx, actionId);
  if (found === null) throw new DomainError("not_found", "no such action");
  if (found.version !== version) throw new DomainError("conflict", "changed meanwhile");
  if (of.ageMin !== null && of.ageMax !== null && of.ageMin > of.ageMax)
    throw new DomainError("invalid_input", "the ages do not fit", { detail: { field: "ageMax" } });
  if (of.segmentId !== null && of.segmentId !== found.segmentId) await checkSegment(tx, clock, found.kind, of.segmentId);
  await requireStepUp(tx, caller, clock, { action: "offer.changed", subjectIds: [], payload: { actionId, version, settings: of, reason } });
  await store.saveAction(tx, actionId, of);
  await keep(tx, caller, { actionId, ...differences(found, of), reason });
}

/** A segment the caller sees, that others see too, and that does not ask about what is decided here. A duty is withheld from nobody. */
async function checkSegment(tx: Tx, clock: Clock, kind: ActionKind, segmentId: string): Promise<void> {
  const isShared = (await readSharedSegments(tx, [segmentId])).has(segmentId);
  const asked = await askSegments(tx, [segmentId], today(clock), decidedFacts);
  if (kind === "duty" || !isShared || !asked.has(segmentId))
    throw new DomainError("invalid_input", "no such segment for this action", { detail: { field: "segmentId" } });
}

/** The same for the rules of the house. Fails with not_allowed, conflict, step_up_needed. */
export async function changePolicy(tx: Tx, caller: Caller, clock: Clock, { version, of, reason }: Asked<HouseRules>): Promise<void> {
  permit(caller, "offer:manage");
  await store.lockPolicy(tx);
  const found = await readPolicy(tx);
  if (found.version !== version) throw new DomainError("conflict", "changed meanwhile");
  await requireStepUp(tx, caller, clock, { action: "offer.policy_changed", subjectIds: [], payload: { version, rules: of, reason } });
  await store.savePolicy(tx, of);
  await keep(tx, caller, { actionId: null, ...differences({ ...found }, of), reason });
}

/** What is other than before, each way. */
function differences(before: object, after: object) {
  const was = before as Record<string, unknown>;
  const changed = Object.entries(after).filter(([key, value]) => was[key] !== value);
  return { before: Object.fromEntries(changed.map(([key]) => [key, was[key] ?? null])), after: Object.fromEntries(changed) };
}

async function keep(tx: Tx, caller: Caller, change: Omit<store.Change, "by">): Promise<void> {
  if (Object.keys(change.after).length === 0)
    throw new DomainError("invalid_input", "nothing is other than before", { detail: { field: "settings" } });
  await store.insertChange(tx, { ...change, by: caller.userId });
  const { actionId, before, after } = change;
  const action = actionId === null ? "offer.policy_changed" : "offer.changed";
  await record(tx, { caller, action, subjectKind: "setting", detail: { actionId, before, after } });
  await orderRound(tx, "all");
}
