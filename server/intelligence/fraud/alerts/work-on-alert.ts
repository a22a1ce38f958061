import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import type { Outcome } from "./contract.ts";
import * as store from "./store.ts";

interface Step {
  readonly version: number;
  readonly note?: string | undefined;
}

/** Fails with not_allowed, not_found, conflict, invalid_state (closed, or in a colleague's hands). */
export async function takeAlert(tx: Tx, caller: Caller, clock: Clock, alertId: string, step: Step) {
  const alert = await open(tx, caller, alertId, step);
  if (alert.state === "closed" || (alert.assigneeId !== null && alert.assigneeId !== caller.userId)) throw wrongState(alert.state);
  return change(tx, caller, {
    ...alert,
    alertId,
    kind: "taken",
    state: "taken",
    assigneeId: caller.userId,
    note: step.note,
    now: clock.now(),
  });
}

/** Fails with not_allowed, not_found, conflict, invalid_state (nobody has it). */
export async function releaseAlert(tx: Tx, caller: Caller, clock: Clock, alertId: string, step: Step) {
  const alert = await open(tx, caller, alertId, step);
  if (alert.state !== "taken") throw wrongState(alert.state);
  return change(tx, caller, { ...alert, alertId, kind: "released", state: "open", assigneeId: null, note: step.note, now: clock.now() });
}

/** Fails with not_allowed, not_found (also: no such colleague who may decide), conflict, invalid_state. */
export async function assignAlert(tx: Tx, caller: Caller, clock: Clock, alertId: string, step: Step & { personId: string }) {
  const alert = await open(tx, caller, alertId, step);
  if (alert.state === "closed") throw wrongState(alert.state);
  if (!(await store.listPeople(tx)).some(({ personId }) => personId === step.personId))
    throw new DomainError("not_found", "no such colleague who may decide on fraud");
  const detail = { personId: step.personId };
  return change(tx, caller, {
    ...alert,
    alertId,
    kind: "assigned",
    state: "taken",
    assigneeId: step.personId,
    note: step.note,
    detail,
    now: clock.now(),
  });
}

/** Fails with not_allowed, not_found, conflict, invalid_state (closed). */
export async function noteOnAlert(tx: Tx, caller: Caller, clock: Clock, alertId: string, step: Step & { customerInformed: boolean }) {
  const alert = await open(tx, caller, alertId, step);
  const { state, assigneeId } = alert;
  if (state === "closed") throw wrongState(state);
  const kind = step.customerInformed ? "customer_informed" : "noted";
  return change(tx, caller, {
    ...alert,
    alertId,
    kind,
    state,
    assigneeId,
    informed: step.customerInformed,
    note: step.note,
    now: clock.now(),
  });
}

/**
 * Says what it was. A confirmed fraud and "no fraud" become labels of its payments: the windows of known frauds see them seven days after each payment, and
 * the next training learns from them. Fails with not_allowed, not_found, conflict, invalid_state (closed already), invalid_input (a payment of another alert).
 */
export async function closeAlert(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  alertId: string,
  step: Step & { outcome: Outcome; genuine: readonly string[] },
) {
  const alert = await open(tx, caller, alertId, step);
  if (alert.state === "closed") throw wrongState(alert.state);
  const { outcome, genuine } = step;
  if (
    (await store.countForeign(tx, { partyId: alert.partyId, alertId }, genuine)) > 0 ||
    (outcome !== "fraud_confirmed" && genuine.length > 0)
  )
    throw new DomainError("invalid_input", "not payments of a confirmed alert", { fields: [{ path: "genuine", reason: "invalid" }] });
  const isFraud = outcome === "inconclusive" ? null : outcome === "fraud_confirmed";
  const now = clock.now();
  const labels = await store.labelPayments(tx, { partyId: alert.partyId, alertId, by: caller.userId, now }, isFraud, genuine);
  const { assigneeId } = alert;
  const detail = { outcome, labels };
  return change(tx, caller, {
    ...alert,
    alertId,
    kind: "closed",
    state: "closed",
    assigneeId,
    outcome,
    closedBy: caller.userId,
    note: step.note,
    detail,
    now,
  });
}

/** Fails with not_allowed, not_found, conflict, invalid_state (not closed). */
export async function reopenAlert(tx: Tx, caller: Caller, clock: Clock, alertId: string, step: Step) {
  const alert = await open(tx, caller, alertId, step);
  if (alert.state !== "closed") throw wrongState(alert.state);
  const now = clock.now();
  await store.labelPayments(tx, { partyId: alert.partyId, alertId, by: caller.userId, now }, null, []);
  return change(tx, caller, { ...alert, alertId, kind: "reopened", state: "taken", assigneeId: caller.userId, note: step.note, now });
}

async function open(tx: Tx, caller: Caller, alertId: string, { version }: Step) {
  permit(caller, "fraud:decide");
  const alert = await store.lockAlert(tx, alertId);
  if (alert === null) throw new DomainError("not_found", "no such alert for this caller");
  if (alert.version !== version) throw new DomainError("conflict", "somebody else worked on this alert meanwhile");
  return alert;
}

interface Change extends store.AlertChange {
  readonly customerId: string;
  readonly kind: "taken" | "released" | "assigned" | "noted" | "customer_informed" | "closed" | "reopened";
  readonly note?: string | undefined;
  readonly detail?: Record<string, unknown>;
}

async function change(tx: Tx, caller: Caller, { customerId, kind, note, detail, ...after }: Change): Promise<{ version: number }> {
  const version = await store.changeAlert(tx, after);
  const { partyId, alertId } = after;
  await store.insertEvent(tx, {
    partyId,
    alertId,
    kind,
    personId: caller.userId,
    note: note ?? null,
    ...(detail === undefined ? {} : { detail }),
  });
  await record(tx, {
    caller,
    action: `fraud_alert.${kind}`,
    subjectKind: "customer",
    subjectIds: [customerId],
    rows: 0,
    detail: { alertId, ...detail },
  });
  return { version };
}

const wrongState = (state: string) =>
  new DomainError("invalid_state", "the alert is not in a state in which this can be done", { detail: { state } });
