import type { Tx } from "../../platform/db/index.ts";
import { readNewestAdoption } from "./value-store.ts";

export interface ProductGain {
  /** Profit of twelve months of those who have it, in minor units of the reporting currency; average losses and capital are taken off. */
  readonly gainMinor: number;
  /** Of those without it a year ago, the share that took it since. */
  readonly taken: number;
}

/** So many customers' worth of the whole bank's rate count beside those of a segment. */
const PRIOR_CUSTOMERS = 50;

/** What products earn and how often they are taken: by `segment product`, and by `product` over all segments. Worker role. Empty before the first reckoning. */
export async function readProductGains(tx: Tx): Promise<ReadonlyMap<string, ProductGain>> {
  const rows = await readNewestAdoption(tx);
  const gains = new Map<string, ProductGain>();
  for (const product of new Set(rows.map((row) => row.product))) {
    const own = rows.filter((row) => row.product === product);
    const without = own.reduce((sum, row) => sum + row.without, 0);
    if (without <= 0) continue;
    const taken = own.reduce((sum, row) => sum + row.opened, 0) / without;
    gains.set(product, { gainMinor: own.reduce((sum, row) => sum + row.without * row.marginMinor, 0) / without, taken });
    for (const row of own)
      gains.set(`${row.segment} ${product}`, {
        gainMinor: row.marginMinor,
        taken: (row.opened + PRIOR_CUSTOMERS * taken) / (row.without + PRIOR_CUSTOMERS),
      });
  }
  return gains;
}
