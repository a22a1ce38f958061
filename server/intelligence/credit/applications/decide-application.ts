import { readNames, requireStepUp } from "../../../governance/access/index.ts";
import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { factCurrency } from "../../facts/index.ts";
import { APPLICATIONS_MAX } from "./contract.ts";
import * as store from "./store.ts";

/** Of the customers the caller sees, the newest first. Fails with not_allowed. */
export async function listApplications(
  tx: Tx,
  caller: Caller,
  query: { state?: "open" | "approved" | "declined" | "withdrawn" | undefined; customerId?: string | undefined },
) {
  permit(caller, "credit:read");
  const found = await store.listApplications(tx, {
    state: query.state ?? null,
    customerId: query.customerId ?? null,
    max: APPLICATIONS_MAX + 1,
  });
  const shown = await named(tx, caller, found.slice(0, APPLICATIONS_MAX));
  const subjectIds = [...new Set(shown.map(({ customerId }) => customerId))];
  await record(tx, { caller, action: "credit_application.listed", subjectKind: "customer", subjectIds, query });
  return { applications: shown.map(({ judgement: _, ...rest }) => rest), more: found.length > APPLICATIONS_MAX };
}

/** Fails with not_allowed, not_found. */
export async function readApplication(tx: Tx, caller: Caller, applicationId: string) {
  permit(caller, "credit:read");
  const found = await required(tx, applicationId);
  const [application] = await named(tx, caller, [found]);
  if (application === undefined) throw new DomainError("not_found", "no such application for this caller");
  const { customerId } = application;
  await record(tx, {
    caller,
    action: "credit_application.viewed",
    subjectKind: "customer",
    subjectIds: [customerId],
    detail: { applicationId },
  });
  return { application, currency: await factCurrency(tx) };
}

export interface DecisionRequest {
  readonly decision: "approved" | "declined";
  readonly reason: string;
  readonly approvedMinor?: bigint | undefined;
}

/**
 * Four eyes and a proof: who entered it does not decide. Fails with not_allowed, not_found, invalid_state (decided already), invalid_input (more than
 * was asked for, or an amount declined), step_up_needed.
 */
export async function decideApplication(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  applicationId: string,
  request: DecisionRequest,
): Promise<void> {
  permit(caller, "credit:manage");
  const found = await required(tx, applicationId);
  if (found.state !== "open") throw new DomainError("invalid_state", "the application was decided already");
  if (found.enteredBy === caller.userId)
    throw new DomainError("not_allowed", "somebody else decides on an application", { detail: { reason: "own_application" } });
  const { decision, reason, approvedMinor: given } = request;
  const approvedMinor = decision === "approved" ? (given ?? found.amountMinor) : null;
  const fits =
    decision === "declined" ? given === undefined : approvedMinor !== null && approvedMinor > 0n && approvedMinor <= found.amountMinor;
  if (!fits) throw new DomainError("invalid_input", "the amount does not fit", { detail: { field: "approvedMinor" } });
  await requireStepUp(tx, caller, clock, {
    action: "credit_application.decided",
    subjectIds: [found.customerId],
    payload: { applicationId, decision, reason, approvedMinor: approvedMinor?.toString() ?? null },
  });
  await close(tx, caller, clock, found, { state: decision, reason, approvedMinor });
}

/** Fails with not_allowed, not_found, invalid_state (decided already). */
export async function withdrawApplication(tx: Tx, caller: Caller, clock: Clock, applicationId: string, reason: string): Promise<void> {
  permit(caller, "credit:read");
  await close(tx, caller, clock, await required(tx, applicationId), { state: "withdrawn", reason, approvedMinor: null });
}

async function close(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  { partyId, applicationId, customerId, suggestion }: store.ApplicationRow,
  outcome: Pick<store.Decision, "state" | "reason" | "approvedMinor">,
): Promise<void> {
  if (!(await store.saveDecision(tx, { partyId, applicationId, ...outcome, by: caller.userId, at: clock.now() })))
    throw new DomainError("invalid_state", "the application was decided already");
  await record(tx, {
    ...{ caller, action: `credit_application.${outcome.state}`, subjectKind: "customer", subjectIds: [customerId] },
    detail: { applicationId, suggestion },
  });
}

async function required(tx: Tx, applicationId: string): Promise<store.ApplicationRow> {
  const found = await store.findApplication(tx, applicationId);
  if (found === null) throw new DomainError("not_found", "no such application for this caller");
  return found;
}

async function named(tx: Tx, caller: Caller, rows: readonly store.ApplicationRow[]) {
  const names = await readNames(
    tx,
    rows.flatMap(({ enteredBy, decidedBy }) => (decidedBy === null ? [enteredBy] : [enteredBy, decidedBy])),
  );
  return rows.map(({ enteredBy, decidedBy, ...rest }) => ({
    ...rest,
    enteredByName: names.get(enteredBy) ?? null,
    decidedByName: decidedBy === null ? null : (names.get(decidedBy) ?? null),
    own: enteredBy === caller.userId,
  }));
}
