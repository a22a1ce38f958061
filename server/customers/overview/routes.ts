import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { readSourceRecord, viewCustomer } from "./view-customer.ts";

export const overviewRoutes: Route[] = [
  route(contract.viewCustomer, ({ tx, caller, params }) => viewCustomer(tx, caller, params.customerId)),
  route(contract.readSourceRecord, ({ tx, caller, params }) => readSourceRecord(tx, caller, params.customerId, params.partyId)),
];
