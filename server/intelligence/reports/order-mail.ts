import { readMailbox } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { MailTime } from "./contract.ts";
import { readReport } from "./keep-reports.ts";
import * as store from "./mail-store.ts";
import { nextMailAt } from "./rules.ts";

const ORDERS_MAX = 20;

/** Fails with not_allowed, not_found. */
export async function readMail(tx: Tx, caller: Caller, reportId: string) {
  await readReport(tx, caller, reportId);
  const order = await store.findOrder(tx, { personId: caller.userId, reportId });
  return {
    email: (await readMailbox(tx, caller.userId))?.address ?? null,
    every: order?.every ?? null,
    hour: order?.hour ?? 6,
    zone: order?.zone ?? "UTC",
    nextAt: order?.nextAt.toISOString() ?? null,
    sentAt: order?.sentAt?.toISOString() ?? null,
    failure: order?.failure ?? null,
  };
}

/** Fails with not_allowed, not_found, invalid_state (no address of the person is known), limit_reached. */
export async function orderMail(tx: Tx, caller: Caller, clock: Clock, reportId: string, time: MailTime): Promise<void> {
  await readReport(tx, caller, reportId);
  if (((await readMailbox(tx, caller.userId))?.address ?? null) === null)
    throw new DomainError("invalid_state", "no mail address of the person is known");
  const key = { personId: caller.userId, reportId };
  if ((await store.findOrder(tx, key)) === null && (await store.countOrders(tx, caller.userId)) >= ORDERS_MAX)
    throw new DomainError("limit_reached", "a person gets so many reports by mail", { detail: { limit: "report_mails" } });
  await store.saveOrder(tx, key, time, nextMailAt(time, clock.now()));
  await record(tx, { caller, action: "report.mail_ordered", subjectKind: "report", subjectIds: [reportId], detail: time });
}

/** Fails with not_allowed. */
export async function endMail(tx: Tx, caller: Caller, reportId: string): Promise<void> {
  permit(caller, "report:read");
  if (await store.deleteOrder(tx, { personId: caller.userId, reportId }))
    await record(tx, { caller, action: "report.mail_ended", subjectKind: "report", subjectIds: [reportId] });
}
