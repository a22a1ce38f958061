import { type Route, streamingRoute } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { exportCustomers, exportTransactions } from "./export-rows.ts";

export const exportRoutes: Route[] = [
  streamingRoute(contract.exportCustomers, ({ db, caller, clock, body }) => exportCustomers(db, caller, clock, body)),
  streamingRoute(contract.exportTransactions, ({ db, caller, clock, params, body }) =>
    exportTransactions(db, caller, clock, params.customerId, body),
  ),
];
