import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { findAuditedCustomers } from "./find-audited.ts";
import { countCustomers, listCustomers, readFilterChoices } from "./list-customers.ts";
import { searchCustomers } from "./search-customers.ts";

export const directoryRoutes: Route[] = [
  route(contract.listCustomers, ({ tx, caller, clock, query }) => listCustomers(tx, caller, clock, query)),
  route(contract.countCustomers, ({ tx, caller, clock, query }) => countCustomers(tx, caller, clock, query.filter)),
  route(contract.readFilterChoices, ({ tx, caller }) => readFilterChoices(tx, caller)),
  route(contract.searchCustomers, ({ tx, caller, query }) => searchCustomers(tx, caller, query.text, query.rows)),
  route(contract.findAuditedCustomers, ({ tx, caller, query }) => findAuditedCustomers(tx, caller, query)),
];
