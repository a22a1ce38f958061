import { type Route, route, streamingRoute } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { liftSeal, listSeals, sealCustomer } from "./seal-customer.ts";

export const sealRoutes: Route[] = [
  route(contract.listSeals, ({ tx, caller, query }) => listSeals(tx, caller, query)),
  streamingRoute(contract.sealCustomer, ({ db, caller, body }) => sealCustomer(db, caller, body)),
  streamingRoute(contract.liftSeal, ({ db, caller, params, body }) => liftSeal(db, caller, params.sealId, body.reason)),
];
