import { requireStepUp } from "../../governance/access/index.ts";
import { inTransaction } from "../../platform/db/index.ts";
import { type Route, streamingRoute } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { exportCustomers, exportTransactions } from "./export-rows.ts";

export const exportRoutes: Route[] = [
  streamingRoute(contract.exportCustomers, async ({ db, caller, clock, body }) => {
    const act = { action: "customer.exported", subjectIds: [], payload: body };
    await inTransaction(db, caller, (tx) => requireStepUp(tx, caller, clock, act));
    return exportCustomers(db, caller, clock, body);
  }),
  streamingRoute(contract.exportTransactions, async ({ db, caller, clock, params, body }) => {
    const act = { action: "transaction.exported", subjectIds: [params.customerId], payload: body };
    await inTransaction(db, caller, (tx) => requireStepUp(tx, caller, clock, act));
    return exportTransactions(db, caller, clock, params.customerId, body);
  }),
];
