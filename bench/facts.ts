import { operatorCaller } from "../server/governance/access/index.ts";
import { runRefresh } from "../server/intelligence/refresh/index.ts";
import { openBank } from "../server/main/open-bank.ts";
import { systemClock } from "../server/platform/clock/index.ts";
import { connectAdmin } from "./grow.ts";
import { configOf, filledHome } from "./home.ts";
import { printRows } from "./table.ts";

/** Everything from nothing, everybody from their months, and one customer in a hundred changed: as after a load. */
export async function benchFacts(home: string, customers: number): Promise<void> {
  await filledHome(home, customers);
  const config = configOf(home);
  const db = await openBank(config, { mode: "share" });
  const admin = await connectAdmin(config);
  try {
    const caller = await operatorCaller(db);
    const rows: Record<string, string>[] = [];
    const run = async (work: string, what: "changed" | "all" | "rebuild") => {
      const startedMs = performance.now();
      const done = await runRefresh({ db, caller, clock: systemClock, what });
      const seconds = (performance.now() - startedMs) / 1000;
      const steps = (done?.stepsDone ?? []).map(({ name, seconds: took }) => `${name} ${took.toFixed(1)}`).join(", ");
      rows.push({ work, customers: (done?.customers ?? customers).toLocaleString("en"), seconds: seconds.toFixed(1), steps });
    };
    await run("rebuild", "rebuild");
    await run("everybody", "all");
    // Every hundredth customer's records are told to have changed in the last two months, as a load of the day tells it.
    await admin.query(`
      insert into customers.changed_days (party_id, first_on, last_on)
      select p.party_id, current_date - 40, current_date from customers.party p
      where p.customer_id in (select customer_id from (select customer_id, row_number() over (order by customer_id) as n from customers.customer) x where n % 100 = 0)`);
    await run("1 % changed", "changed");
    printRows(rows);
  } finally {
    await admin.end();
    await db.close();
  }
}
