import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type ContextCaller, type Db, withWorkerConnection } from "../../platform/db/index.ts";
import { TREND_DAYS_MAX } from "./contract.ts";
import { refreshCustomers } from "./refresh-store.ts";
import { dayBefore, isDue } from "./rules.ts";
import * as store from "./stock-store.ts";

const BATCH_CUSTOMERS = 10_000;

/**
 * The look of the day: what became too old or was changed by a rule is judged again, and the figures are kept as those of today. Doing it twice
 * changes nothing more. Later looks of a day only keep the figures anew.
 */
export async function takeStock({ db, caller, clock }: { db: Db; caller: ContextCaller | Caller; clock: Clock }): Promise<void> {
  const [today, keepFrom] = [dayBefore(clock.now(), 0), dayBefore(clock.now(), TREND_DAYS_MAX)];
  await withWorkerConnection(db, caller, async (connection) => {
    const { now, last } = await connection.inTransaction((tx) => store.readRecords(tx, today));
    if (isDue(now, last)) {
      const dates = await connection.inTransaction(store.findSharedDates);
      for (let after: string | null = null; ; ) {
        const due: string[] = await connection.inTransaction(async (tx) => {
          const customerIds = await store.listDue(tx, dates, after, BATCH_CUSTOMERS);
          if (customerIds.length > 0) await refreshCustomers(tx, customerIds);
          return customerIds;
        });
        after = due.at(-1) ?? after;
        if (due.length < BATCH_CUSTOMERS) break;
      }
    }
    await connection.inTransaction(async (tx) => {
      await store.holdStock(tx);
      await store.sumFigures(tx);
      await store.saveDay(tx, today, keepFrom);
    });
  });
}
