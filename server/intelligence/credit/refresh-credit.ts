import { withWorkerConnection } from "../../platform/db/index.ts";
import { inHalves, supplyFactsFrom } from "../facts/index.ts";
import { measurePositions } from "./market/measure-positions.ts";
import { type CreditOrder, rateCustomers } from "./rating/rate-customers.ts";
import { creditFacts, suppliedKeys } from "./supply-store.ts";
import { watchCustomers } from "./watching/watch-customers.ts";

/**
 * Ratings, exposures, market positions, then groups, limits, watch list and alerts, for the customers that changed or for all; what was found goes into
 * their facts.
 */
export async function refreshCredit(order: CreditOrder): Promise<{ rated: number; measured: number; entered: number; alerts: number }> {
  const { db, caller, customerIds } = order;
  const rated = (await inHalves(order, rateCustomers)).reduce((sum, half) => sum + half.rated, 0);
  const measured = (await inHalves(order, measurePositions)).reduce((sum, half) => sum + half.measured, 0);
  const { entered, alerts } = await watchCustomers(order);
  await withWorkerConnection(db, caller, (connection) =>
    connection.inTransaction((tx) => supplyFactsFrom(tx, suppliedKeys, creditFacts(customerIds))),
  );
  return { rated, measured, entered, alerts };
}
