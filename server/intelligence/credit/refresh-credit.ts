import { measurePositions } from "./market/measure-positions.ts";
import { type CreditOrder, rateCustomers } from "./rating/rate-customers.ts";
import { watchCustomers } from "./watching/watch-customers.ts";

/** Ratings, exposures, market positions, then groups, limits, watch list and alerts: for the customers that changed, or for all. */
export async function refreshCredit(order: CreditOrder): Promise<{ rated: number; measured: number; entered: number; alerts: number }> {
  const { rated } = await rateCustomers(order);
  const { measured } = await measurePositions(order);
  const { entered, alerts } = await watchCustomers(order);
  return { rated, measured, entered, alerts };
}
