import { Readable } from "node:stream";
import { readNames } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { type Db, inTransaction } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { FileAnswer } from "../../platform/http/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { sendJob } from "../../platform/jobs/index.ts";
import { accessReportJob } from "./jobs.ts";
import { openNumbers } from "./opened-numbers.ts";
import { type PageLocale, reportPage } from "./report-page.ts";
import * as store from "./store.ts";

/** Fails with not_allowed, not_found. */
export async function orderAccessReport(tx: Tx, caller: Caller, customerId: string, reason: string): Promise<{ reportId: string }> {
  permit(caller, "privacy:report");
  const customerNo = await store.findCustomerNo(tx, customerId);
  if (customerNo === null) throw new DomainError("not_found", "no such customer for this caller");
  const reportId = newId();
  await store.insertReport(tx, { reportId, customerId, customerNo, reason, by: caller.userId });
  await sendJob(tx, accessReportJob, { customerId, reportId });
  await record(tx, { caller, action: "access_report.ordered", subjectKind: "customer", subjectIds: [customerId], detail: { reportId } });
  return { reportId };
}

/** Newest first; none of a customer the caller does not see. Fails with not_allowed. */
export async function listAccessReports(tx: Tx, caller: Caller, customerId: string) {
  permit(caller, "privacy:report");
  const rows = await store.listReports(tx, customerId);
  const names = await readNames(
    tx,
    rows.map(({ askedBy }) => askedBy),
  );
  await record(tx, { caller, action: "access_report.listed", subjectKind: "customer", subjectIds: [customerId] });
  return { reports: rows.map(({ askedBy, ...row }) => ({ ...row, askedByName: names.get(askedBy) ?? null })) };
}

export interface Download {
  readonly customerId: string;
  readonly reportId: string;
  readonly format: "html" | "json";
  readonly locale: PageLocale;
}

/** On the trail before the first byte leaves. Fails with not_allowed, not_found, invalid_state (not ready yet, or expired). */
export async function downloadAccessReport(
  db: Db,
  caller: Caller,
  { customerId, reportId, format, locale }: Download,
): Promise<FileAnswer> {
  permit(caller, "privacy:report");
  const report = await inTransaction(db, caller, async (tx) => {
    const found = await store.findReport(tx, customerId, reportId);
    if (found === null) throw new DomainError("not_found", "no such report for this caller");
    if (found.sections === null) throw new DomainError("invalid_state", "the report is not there", { detail: { reason: found.state } });
    await record(tx, {
      caller,
      action: "access_report.downloaded",
      subjectKind: "customer",
      subjectIds: [customerId],
      // A copy of everything counts as everything: every row of it is in the budget of the day.
      rows: Math.max(1, found.rows ?? 1),
      detail: { reportId, format },
    });
    return { ...found, sections: await openNumbers(tx, found.sections) };
  });
  const fileName = `customer-${report.customerNo.replaceAll(/[^A-Za-z0-9-]/g, "_")}.${format}`;
  if (format === "json") {
    const head = JSON.stringify({ customerNo: report.customerNo, compiledAt: report.compiledAt, expiresAt: report.expiresAt });
    return {
      stream: Readable.from([`${head.slice(0, -1)},"sections":${report.sections}}`]),
      fileName,
      contentType: "application/json; charset=utf-8",
    };
  }
  return { stream: Readable.from(reportPage(report, locale)), fileName, contentType: "text/html; charset=utf-8" };
}
