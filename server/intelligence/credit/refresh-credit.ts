import { readDemoState } from "../../governance/access/index.ts";
import { withWorkerConnection } from "../../platform/db/index.ts";
import { supplyFactsFrom } from "../facts/index.ts";
import { measurePositions } from "./market/measure-positions.ts";
import { type CreditOrder, rateCustomers } from "./rating/rate-customers.ts";
import { creditFacts, suppliedKeys } from "./supply-store.ts";
import { watchCustomers } from "./watching/watch-customers.ts";

/**
 * Ratings, exposures, market positions, then groups, limits, watch list and alerts, for the customers that changed or for all; what was found goes into
 * their facts. While the demo bank is being filled it waits: its model is trained once all is there, and everybody is rated then.
 */
export async function refreshCredit(order: CreditOrder): Promise<{ rated: number; measured: number; entered: number; alerts: number }> {
  const { db, caller, customerIds } = order;
  const filling = await withWorkerConnection(db, caller, (connection) => connection.inTransaction(readDemoState));
  if (filling === "filling") return { rated: 0, measured: 0, entered: 0, alerts: 0 };
  const { rated } = await rateCustomers(order);
  const { measured } = await measurePositions(order);
  const { entered, alerts } = await watchCustomers(order);
  await withWorkerConnection(db, caller, (connection) =>
    connection.inTransaction((tx) => supplyFactsFrom(tx, suppliedKeys, creditFacts(customerIds))),
  );
  return { rated, measured, entered, alerts };
}
