import { readNames } from "../../../governance/access/index.ts";
import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { readRates } from "../live/store.ts";
import type { Alert } from "./contract.ts";
import * as evidence from "./evidence-store.ts";
import * as store from "./store.ts";

/** A page of the queue. Fails with not_allowed, invalid_input (a made-up cursor). */
export async function listAlerts(
  tx: Tx,
  caller: Caller,
  query: { state: "waiting" | "mine" | "closed"; after?: string | undefined; rows: number },
) {
  permit(caller, "fraud:read");
  const after = query.after === undefined ? null : placeOf(query.after);
  const found = await store.listAlerts(tx, { state: query.state, personId: caller.userId, after, rows: query.rows + 1 });
  const shown = found.slice(0, query.rows);
  const last = shown.at(-1);
  const next =
    found.length > query.rows && last !== undefined
      ? `${query.state === "closed" ? (last.closedAt?.toISOString() ?? "") : -last.expectedLossMinor}|${last.alertId}`
      : null;
  const { reporting } = await readRates(tx);
  const waiting = await store.countWaiting(tx);
  await record(tx, {
    ...{
      caller,
      action: "fraud_alert.listed",
      subjectKind: "customer",
      subjectIds: [...new Set(shown.map(({ customerId }) => customerId))],
    },
    ...{ rows: shown.length, query, fieldClasses: ["transaction"] },
  });
  return { alerts: await named(tx, shown, reporting), next, waiting: { ...waiting, currency: reporting } };
}

/** One alert with all that speaks for and against it. Fails with not_allowed, not_found. */
export async function viewAlert(tx: Tx, caller: Caller, alertId: string) {
  permit(caller, "fraud:read");
  const found = await store.findAlert(tx, alertId);
  if (found === null) throw new DomainError("not_found", "no such alert for this caller");
  const { partyId, ...alert } = found;
  const key = { partyId, alertId };
  const { reporting } = await readRates(tx);
  const [payments, happened, shared, usual] = [
    await evidence.listPayments(tx, key),
    await evidence.listEvents(tx, key),
    await evidence.listShared(tx, key),
    await evidence.listUsual(tx, key),
  ];
  const names = await readNames(
    tx,
    happened.flatMap(({ personId }) => personId ?? []),
  );
  const others = shared.flatMap(({ alerts }) => (alerts as { customerId: string }[]).map(({ customerId }) => customerId));
  await record(tx, {
    ...{ caller, action: "fraud_alert.viewed", subjectKind: "customer", subjectIds: [...new Set([alert.customerId, ...others])] },
    ...{ rows: payments.length + others.length, fieldClasses: ["transaction", "money"], detail: { alertId } },
  });
  const events = happened.map(({ personId, ...event }) => ({
    ...event,
    personName: personId === null ? null : (names.get(personId) ?? null),
  }));
  return { alert: (await named(tx, [alert], reporting))[0] as Alert, payments, events, shared, usual };
}

/** What everybody who sees the customer may know. Fails with not_allowed, not_found. */
export async function readFraudMark(tx: Tx, caller: Caller, customerId: string) {
  permit(caller, "customer:read");
  if (!(await store.hasCustomer(tx, customerId))) throw new DomainError("not_found", "no such customer for this caller");
  const marks = await store.listMarks(tx, customerId);
  const { reporting } = await readRates(tx);
  if (marks.length > 0)
    await record(tx, {
      caller,
      action: "fraud_mark.viewed",
      subjectKind: "customer",
      subjectIds: [customerId],
      rows: 0,
      fieldClasses: ["transaction"],
    });
  return { marks: marks.map((mark) => ({ ...mark, currency: reporting })) };
}

/** Fails with not_allowed. */
export async function listFraudPeople(tx: Tx, caller: Caller) {
  permit(caller, "fraud:decide");
  return { people: await store.listPeople(tx) };
}

async function named(tx: Tx, rows: readonly store.AlertRow[], currency: string): Promise<Alert[]> {
  const names = await readNames(
    tx,
    rows.flatMap(({ assigneeId }) => assigneeId ?? []),
  );
  return rows.map((row) => ({ ...row, currency, assigneeName: row.assigneeId === null ? null : (names.get(row.assigneeId) ?? null) }));
}

function placeOf(cursor: string): store.Place {
  const [sort = "", alertId = ""] = cursor.split("|");
  if (!/^(-?\d{1,19}|\d{4}-[\d-]{5}T[\d:.]+Z)$/.test(sort) || !/^[0-9a-f-]{36}$/.test(alertId))
    throw new DomainError("invalid_input", "not a cursor", { fields: [{ path: "?after", reason: "invalid_cursor" }] });
  return { sort, alertId };
}
