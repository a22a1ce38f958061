import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { viewCustomerAsOf } from "./view-as-of.ts";

export const historyRoutes: Route[] = [
  route(contract.viewCustomerAsOf, ({ tx, caller, clock, params, query }) => viewCustomerAsOf(tx, caller, clock, params.customerId, query)),
];
