import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { listTransactions, readBalanceSeries, totalTransactions } from "./list-transactions.ts";

export const holdingsRoutes: Route[] = [
  route(contract.listTransactions, ({ tx, caller, params, query }) => listTransactions(tx, caller, params.customerId, query)),
  route(contract.totalTransactions, ({ tx, caller, params, query }) => totalTransactions(tx, caller, params.customerId, query)),
  route(contract.readBalanceSeries, ({ tx, caller, params, query }) => readBalanceSeries(tx, caller, params.customerId, query)),
];
