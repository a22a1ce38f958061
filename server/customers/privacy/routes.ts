import { type Route, route, streamingRoute } from "../../platform/http/index.ts";
import { downloadAccessReport, listAccessReports, orderAccessReport } from "./access-reports.ts";
import * as contract from "./contract.ts";

export const privacyRoutes: Route[] = [
  route(contract.orderAccessReport, ({ tx, caller, params, body }) => orderAccessReport(tx, caller, params.customerId, body.reason)),
  route(contract.listAccessReports, ({ tx, caller, params }) => listAccessReports(tx, caller, params.customerId)),
  streamingRoute(contract.downloadAccessReport, ({ db, caller, params, query }) =>
    downloadAccessReport(db, caller, { ...params, ...query }),
  ),
];
