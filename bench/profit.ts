import { operatorCaller } from "../server/governance/access/index.ts";
import { refreshProfit } from "../server/intelligence/profit/index.ts";
import { openBank } from "../server/main/open-bank.ts";
import { systemClock } from "../server/platform/clock/index.ts";
import { inTransaction, sql } from "../server/platform/db/index.ts";
import { configOf, filledHome } from "./home.ts";
import { printRows } from "./table.ts";

/** Profit, values and tiers of everybody anew, then again for one customer in a hundred, on a filled bank. */
export async function benchProfit(home: string, customers: number): Promise<void> {
  await filledHome(home, customers);
  const db = await openBank(configOf(home), { mode: "share" });
  try {
    const caller = await operatorCaller(db);
    const ids = await inTransaction(
      db,
      caller,
      async (tx) => {
        const { rows } = await sql<{
          id: string;
        }>`select customer_id as id from customers.customer where hashint8(hashtextextended(customer_id::text, 3)) % 100 = 0`.execute(tx);
        return rows.map(({ id }) => id);
      },
      { role: "worker" },
    );
    const rows = [];
    for (const [work, which] of [
      ["everybody anew", "all"],
      ["everybody again, nothing changed", "all"],
      ["one in a hundred", ids],
    ] as const) {
      const started = performance.now();
      const { customers: looked } = await refreshProfit({ db, caller, clock: systemClock, customers: which });
      const seconds = (performance.now() - started) / 1000;
      rows.push({
        work,
        customers: looked.toLocaleString("en"),
        seconds: seconds.toFixed(1),
        "customers/s": (looked / seconds).toFixed(0),
      });
    }
    printRows(rows);
  } finally {
    await db.close();
  }
}
