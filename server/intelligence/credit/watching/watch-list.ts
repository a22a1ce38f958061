import { readNames } from "../../../governance/access/index.ts";
import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { factCurrency } from "../../facts/index.ts";
import { ALERTS_MAX, WATCHED_ROWS_MAX } from "../contract.ts";
import { readHead } from "../customer-store.ts";
import { todayOf } from "../today.ts";
import * as store from "./list-store.ts";

/** The list as far as the caller sees its customers. Fails with not_allowed. */
export async function listWatched(tx: Tx, caller: Caller, clock: Clock, query: { left: boolean; overdue: boolean }) {
  permit(caller, "credit:read");
  const today = todayOf(clock.now());
  const found = await store.listWatched(tx, { left: query.left, overdueOn: query.overdue ? today : null, max: WATCHED_ROWS_MAX + 1 });
  const shown = found.slice(0, WATCHED_ROWS_MAX);
  const names = await readNames(
    tx,
    shown.flatMap(({ enteredBy, reviewedBy, leftBy }) => [enteredBy, reviewedBy, leftBy].filter((id) => id !== null)),
  );
  await record(tx, {
    ...{ caller, action: "watch.listed", subjectKind: "customer", subjectIds: shown.map(({ customerId }) => customerId), query },
  });
  const watched = shown.map(({ enteredBy, reviewedBy, leftBy, ...rest }) => ({
    ...rest,
    enteredByName: names.get(enteredBy) ?? null,
    reviewedByName: reviewedBy === null ? null : (names.get(reviewedBy) ?? null),
    leftByName: leftBy === null ? null : (names.get(leftBy) ?? null),
  }));
  return { currency: await factCurrency(tx), today, watched, more: found.length > WATCHED_ROWS_MAX };
}

export interface WatchRequest {
  readonly reason: string;
  readonly reviewOn: string;
  readonly actions: string;
}

/** Puts a customer on the list by hand. Fails with not_allowed, not_found, conflict (stands on it already), invalid_input (a review in the past). */
export async function watchCustomer(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  customerId: string,
  request: WatchRequest,
): Promise<{ watchId: string }> {
  permit(caller, "credit:manage");
  refusePast(clock, request.reviewOn);
  const head = await readHead(tx, customerId);
  if (head === null) throw new DomainError("not_found", "no such customer for this caller");
  if (await store.isWatched(tx, customerId)) throw new DomainError("conflict", "the customer is on the watch list already");
  const watchId = newId();
  await store.insertWatch(tx, { partyId: head.partyId, watchId, ...request, by: caller.userId });
  await record(tx, { caller, action: "watch.entered", subjectKind: "customer", subjectIds: [customerId], detail: { watchId } });
  return { watchId };
}

export interface WatchKey {
  readonly partyId: string;
  readonly watchId: string;
}

/** Fails with not_allowed, not_found, invalid_state (left already), conflict (changed meanwhile), invalid_input (a review in the past). */
export async function reviewWatch(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  key: WatchKey,
  { reviewOn, actions, version }: { reviewOn: string; actions: string; version: number },
): Promise<{ version: number }> {
  permit(caller, "credit:manage");
  refusePast(clock, reviewOn);
  const customerId = await standing(tx, key);
  if (!(await store.saveReview(tx, { ...key, version, reviewOn, actions, by: caller.userId, at: clock.now() })))
    throw new DomainError("conflict", "the entry was changed meanwhile");
  await record(tx, {
    caller,
    action: "watch.reviewed",
    subjectKind: "customer",
    subjectIds: [customerId],
    detail: { watchId: key.watchId },
  });
  return { version: version + 1 };
}

/** Fails with not_allowed, not_found, invalid_state (left already), conflict (changed meanwhile). */
export async function leaveWatch(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  key: WatchKey,
  { reason, version }: { reason: string; version: number },
): Promise<void> {
  permit(caller, "credit:manage");
  const customerId = await standing(tx, key);
  if (!(await store.saveLeave(tx, { ...key, version, reason, by: caller.userId, at: clock.now() })))
    throw new DomainError("conflict", "the entry was changed meanwhile");
  await record(tx, { caller, action: "watch.left", subjectKind: "customer", subjectIds: [customerId], detail: { watchId: key.watchId } });
}

async function standing(tx: Tx, { partyId, watchId }: WatchKey): Promise<string> {
  const entry = await store.lockWatch(tx, partyId, watchId);
  if (entry === null) throw new DomainError("not_found", "no such entry for this caller");
  if (entry.leftAt !== null) throw new DomainError("invalid_state", "the customer is no longer watched by this entry");
  return entry.customerId;
}

function refusePast(clock: Clock, reviewOn: string): void {
  if (reviewOn < todayOf(clock.now()))
    throw new DomainError("invalid_input", "the next review lies in the past", { detail: { field: "reviewOn" } });
}

/** What the caller's own customers give reason to look at. Fails with not_allowed. */
export async function listCreditAlerts(tx: Tx, caller: Caller) {
  permit(caller, "customer:read");
  const alerts = await store.listOwnAlerts(tx, ALERTS_MAX);
  await record(tx, {
    ...{
      caller,
      action: "credit_alerts.listed",
      subjectKind: "customer",
      subjectIds: [...new Set(alerts.map(({ customerId }) => customerId))],
    },
  });
  return { alerts };
}

/** Fails with not_allowed, not_found. */
export async function seeCreditAlert(tx: Tx, caller: Caller, clock: Clock, { partyId, alertId }: { partyId: string; alertId: string }) {
  permit(caller, "customer:read");
  const customerId = await store.markSeen(tx, partyId, alertId, caller.userId, clock.now());
  if (customerId === null) throw new DomainError("not_found", "no such alert for this caller");
  await record(tx, { caller, action: "credit_alert.seen", subjectKind: "customer", subjectIds: [customerId], detail: { alertId } });
}
