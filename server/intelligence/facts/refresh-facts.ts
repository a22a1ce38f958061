import { takeChanges } from "../../customers/profiles/index.ts";
import { type Tx, withWorkerConnection } from "../../platform/db/index.ts";
import { readLastBooked, recountAll, recountTaken } from "./bucket-store.ts";
import type { FactWindow } from "./compile.ts";
import { factorsOn } from "./exchange-rates.ts";
import { analyzeFacts, customersAfter, prepareComputation, writeFacts } from "./fact-store.ts";
import { countedMonth, lastDayOf, monthNo } from "./months.ts";
import type { RefreshOrder } from "./refresh-order.ts";

/** Customers computed in one transaction. */
const SLICE_CUSTOMERS = 250_000;

/** The months facts look at today. */
export async function readWindow(tx: Tx, now: Date): Promise<FactWindow> {
  const today = now.toISOString().slice(0, 10);
  return { untilMonth: countedMonth(today, await readLastBooked(tx, today)), knownMonth: monthNo(today) };
}

/**
 * Takes what changed since the last time and counts the touched months anew (`fromNothing`: all months of everybody), in the caller's transaction;
 * `taken_customer` then holds whose facts must be computed. Answers with how many. Worker role.
 */
export async function takeFactChanges(tx: Tx, fromNothing: boolean): Promise<number> {
  const { customers, parties } = await takeChanges(tx);
  if (fromNothing) {
    await recountAll(tx);
    await analyzeFacts(tx);
  } else if (parties > 0) await recountTaken(tx);
  return customers;
}

/** Computes the facts of these customers from their months, balances and holdings. Twice gives the same. Answers with how many rows changed. */
export async function refreshFacts({ db, caller, clock, customerIds }: RefreshOrder): Promise<number> {
  return withWorkerConnection(db, caller, async (connection) => {
    let written = 0;
    for (let after: string | null = null; ; ) {
      const slice: readonly string[] | null =
        customerIds ?? (await connection.inTransaction((tx) => customersAfter(tx, after, SLICE_CUSTOMERS)));
      written += await connection.inTransaction(async (tx) => computeFacts(tx, await readWindow(tx, clock.now()), slice), {
        statementTimeoutMs: 0,
      });
      after = slice?.at(-1) ?? null;
      if (customerIds !== null || slice === null || slice.length < SLICE_CUSTOMERS) break;
    }
    if (customerIds === null) await connection.inTransaction(analyzeFacts);
    return written;
  });
}

async function computeFacts(tx: Tx, window: FactWindow, customerIds: readonly string[]): Promise<number> {
  if (customerIds.length === 0) return 0;
  await prepareComputation(tx, customerIds, await factorsOn(tx, lastDayOf(window.untilMonth)));
  return writeFacts(tx, window);
}
