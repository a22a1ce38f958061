import { type Route, route, streamingRoute } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { exportEvents } from "./export-events.ts";
import { listAuditEvents, listLooks } from "./list-events.ts";

export const auditRoutes: Route[] = [
  route(contract.listAuditEvents, ({ tx, caller, query }) => listAuditEvents(tx, caller, query)),
  route(contract.listLooks, ({ tx, caller, params, query }) => listLooks(tx, caller, params.subjectId, query)),
  streamingRoute(contract.exportAuditEvents, ({ db, caller, query }) => exportEvents(db, caller, query)),
];
