import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { liftHold, listHolds, placeHold } from "./holds.ts";

export const holdRoutes: Route[] = [
  route(contract.listHolds, ({ tx, caller, query }) => listHolds(tx, caller, query.caseCode)),
  route(contract.placeHold, ({ tx, caller, body }) => placeHold(tx, caller, body)),
  route(contract.liftHold, ({ tx, caller, clock, params, body }) => liftHold(tx, caller, clock, params.holdId, body.reason)),
];
