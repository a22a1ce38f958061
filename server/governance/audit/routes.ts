import { type Route, route } from "../../platform/http/index.ts";
import { listAuditEvents as contract } from "./contract.ts";
import { listAuditEvents } from "./list-events.ts";

export const auditRoutes: Route[] = [route(contract, ({ tx, caller, query }) => listAuditEvents(tx, caller, query))];
