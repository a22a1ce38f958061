import type { Tx } from "../../platform/db/index.ts";
import { supplyFactsFrom } from "../facts/index.ts";
import { valueRows } from "./value-store.ts";

/** Tier, profit, lifetime value, potential and fifths as facts: of everybody, because fifths of one move those of others. */
export async function supplyValues(tx: Tx): Promise<void> {
  await supplyFactsFrom(tx, ["tier", "profit_minor", "lifetime_value_minor", "potential_minor", "rfm"], valueRows);
}
