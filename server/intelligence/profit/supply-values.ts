import type { Tx } from "../../platform/db/index.ts";
import { supplyFactsFrom } from "../facts/index.ts";
import { valueRows } from "./value-store.ts";

/** Tier, profit, lifetime value, potential and fifths as facts; customerIds null: of everybody. */
export async function supplyValues(tx: Tx, customerIds: readonly string[] | null): Promise<void> {
  await supplyFactsFrom(tx, ["tier", "profit_minor", "lifetime_value_minor", "potential_minor", "rfm"], valueRows(customerIds));
}
