import type { Tx } from "../../platform/db/index.ts";
import { readPolicy } from "./bank-store.ts";
import * as store from "./manage-store.ts";
import { exposureOf } from "./rules.ts";

/**
 * Worker role. Looks whether every group is proposed sales about as often as the others, keeps what is uneven for the day, and tells whoever manages offers
 * when it becomes so. Nothing is steered by sex or age: a person is to find out what in the actions, levers or models does it.
 */
export async function watchExposure(tx: Tx, today: string): Promise<void> {
  const { exposureMin } = await readPolicy(tx);
  const uneven = exposureOf(await store.countExposure(tx), exposureMin)
    .filter(({ isUneven }) => isUneven)
    .map(({ trait, group, ratio }) => ({ trait, group, ratio }));
  const before = await store.newestUneven(tx);
  await store.saveUneven(tx, today, uneven);
  if (uneven.length > 0 && before.length === 0) await store.tellUneven(tx);
}
