import { requireStepUp } from "../../governance/access/index.ts";
import { inTransaction } from "../../platform/db/index.ts";
import { type Route, route, streamingRoute } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { exportReport } from "./export-report.ts";
import { dropDashboard, readDashboard, saveDashboard } from "./keep-dashboards.ts";
import { archiveReport, changeReport, createReport, listReports, readChoices, readReport } from "./keep-reports.ts";
import { listReportCustomers } from "./list-behind.ts";
import { endMail, orderMail, readMail } from "./order-mail.ts";
import { runReport } from "./run-report.ts";
import type { Words } from "./say.ts";

/** `words`: for files, which leave the screens. */
export const reportRoutes = (words: Words): Route[] => [
  route(contract.readReportChoices, ({ tx, caller }) => readChoices(tx, caller)),
  route(contract.readDashboard, ({ tx, caller, clock }) => readDashboard(tx, caller, clock)),
  route(contract.saveDashboard, ({ tx, caller, body }) => saveDashboard(tx, caller, body)),
  route(contract.dropDashboard, ({ tx, caller }) => dropDashboard(tx, caller)),
  route(contract.runReport, ({ tx, caller, clock, body }) => runReport(tx, caller, clock, body.definition)),
  route(contract.listReportCustomers, ({ tx, caller, clock, body }) => listReportCustomers(tx, caller, clock, body)),
  streamingRoute(contract.exportReport, async ({ db, caller, clock, body }) => {
    const act = { action: "report.exported", subjectIds: [], payload: body };
    await inTransaction(db, caller, (tx) => requireStepUp(tx, caller, clock, act));
    return exportReport(db, caller, clock, body, words);
  }),
  route(contract.listReports, ({ tx, caller }) => listReports(tx, caller)),
  route(contract.createReport, ({ tx, caller, body }) => createReport(tx, caller, body)),
  route(contract.readReport, ({ tx, caller, params }) => readReport(tx, caller, params.reportId)),
  route(contract.changeReport, ({ tx, caller, params, body }) => changeReport(tx, caller, params.reportId, body)),
  route(contract.archiveReport, ({ tx, caller, params }) => archiveReport(tx, caller, params.reportId)),
  route(contract.readReportMail, async ({ tx, caller, params, mail }) => ({
    ready: mail.ready,
    ...(await readMail(tx, caller, params.reportId)),
  })),
  route(contract.orderReportMail, ({ tx, caller, clock, params, body }) => orderMail(tx, caller, clock, params.reportId, body)),
  route(contract.endReportMail, ({ tx, caller, params }) => endMail(tx, caller, params.reportId)),
];
