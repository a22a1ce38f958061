import { withWorkerConnection } from "../../../platform/db/index.ts";
import { factorsOn } from "../../facts/index.ts";
import { readPolicy } from "../policy/store.ts";
import { isoOf } from "../rating/days.ts";
import type { CreditOrder } from "../rating/rate-customers.ts";
import { positionsOf } from "./rules.ts";
import * as store from "./store.ts";

const BATCH_CUSTOMERS = 5_000;

/** Measures how the worth of what customers have and owe follows rates and currencies. Repeating it changes nothing. */
export async function measurePositions({ db, caller, clock, customerIds }: CreditOrder): Promise<{ measured: number }> {
  const today = isoOf(Math.floor(clock.now().getTime() / 86_400_000));
  return withWorkerConnection(db, caller, async (connection) => {
    const { policy, factors } = await connection.inTransaction(async (tx) => ({
      policy: (await readPolicy(tx)).policy,
      factors: await factorsOn(tx, today),
    }));
    let measured = 0;
    for (let after: string | null = null; ; ) {
      const ids: string[] = await connection.inTransaction(async (tx) => {
        const batch = await store.listHolders(tx, customerIds, after, BATCH_CUSTOMERS);
        const held = batch.length === 0 ? [] : await store.readHoldings(tx, factors, batch, today);
        const positions = held.flatMap(({ customerId, branchId, incomeCurrency, holdings }) =>
          positionsOf(policy, holdings, incomeCurrency).map((position) => ({ ...position, customerId, branchId })),
        );
        if (batch.length > 0) await store.savePositions(tx, batch, positions);
        return batch;
      });
      measured += ids.length;
      after = ids.at(-1) ?? after;
      if (ids.length < BATCH_CUSTOMERS) return { measured };
    }
  });
}
