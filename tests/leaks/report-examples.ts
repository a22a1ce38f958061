import type { GivenCustomer } from "../support/given.ts";

const report = {
  ...{ over: "now", measures: [{ of: "customers", take: "count" }], rows: "branch", columns: "product" },
  ...{ filter: { match: "all", of: [] }, months: 12, compare: "none", show: "table" },
};
const moved = { ...report, over: "months", measures: [{ of: "in_minor", take: "sum" }], rows: "month", columns: null, compare: "previous" };
const about = ({ customerId }: GivenCustomer) => [{ params: { reportId: customerId } }];

/** Good calls of reports, for every-endpoint.test.ts. */
export const reportExamples = {
  readReportChoices: () => [{}],
  listReports: () => [{}],
  runReport: () => [{ body: { definition: report } }, { body: { definition: moved } }],
  listReportCustomers: () => [{ body: { definition: report, place: {} } }],
  exportReport: () => [], // under a new number each time: AC-64 in server/intelligence/reports
  readReport: about,
  readDashboard: () => [{}],
  saveDashboard: ({ customerId }: GivenCustomer) => [{ body: { roleId: null, reportIds: [customerId] } }],
  dropDashboard: () => [{}],
  readReportMail: about,
  orderReportMail: ({ customerId }: GivenCustomer) => [
    { params: { reportId: customerId }, body: { every: "week", hour: 7, zone: "Europe/Madrid" } },
  ],
  endReportMail: about,
};
