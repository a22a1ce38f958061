import type pg from "pg";
import { operatorCaller } from "../server/governance/access/index.ts";
import { readBases, saveBases } from "../server/intelligence/profit/basis-store.ts";
import { MONTHS_KEPT, monthAfter } from "../server/intelligence/profit/rules.ts";
import { runRefresh } from "../server/intelligence/refresh/index.ts";
import { openBank } from "../server/main/open-bank.ts";
import type { Caller } from "../server/platform/caller/index.ts";
import { systemClock } from "../server/platform/clock/index.ts";
import { type Db, inTransaction } from "../server/platform/db/index.ts";
import { connectAdmin } from "./grow.ts";
import { configOf, filledHome, grownHome, TRANSACTIONS_TO_LEARN_FROM } from "./home.ts";
import { printRows } from "./table.ts";

/**
 * Everything from nothing, everybody from their months, and one customer in a hundred changed: as after a load. Of a bank of copies, what is computed is
 * copied too, and only the last is run. The models of the demo bank are in force.
 */
export async function benchFacts(home: string, customers: number, copies: number): Promise<void> {
  await (copies === 1 ? filledHome(home, customers, TRANSACTIONS_TO_LEARN_FROM) : grownHome(home, customers, copies, "computed"));
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
    if (copies === 1) {
      await run("rebuild", "rebuild");
      await run("everybody", "all");
    } else {
      await noteBases(db, caller, admin);
      // The first night of a bank this large lays the blocks of facts.
      await tellChanged(admin, 10);
      await run("a few", "changed");
    }
    await tellChanged(admin, customers / 100);
    await run("1 % changed", "changed");
    printRows(rows);
  } finally {
    await admin.end();
    await db.close();
  }
}

const BATCH_CUSTOMERS = 10_000;

/** Copies have values, but were told from the ids of others what those were reckoned from. */
async function noteBases(db: Db, caller: Caller, admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ id: string; month: string }>(
    "select customer_id as id, month::text as month from intelligence.customer_value order by 1",
  );
  const month = rows[0]?.month ?? "";
  const window = { from: monthAfter(month, 1 - MONTHS_KEPT), until: monthAfter(month, 1) };
  for (let at = 0; at < rows.length; at += BATCH_CUSTOMERS) {
    const ids = rows.slice(at, at + BATCH_CUSTOMERS).map(({ id }) => id);
    await inTransaction(db, caller, async (tx) => saveBases(tx, await readBases(tx, ids, window)), {
      role: "worker",
      statementTimeoutMs: 0,
    });
  }
}

/** The records of so many customers, of all over the bank that have transactions, are told to have changed in the last three days, as a load of the day tells it. */
async function tellChanged(admin: pg.Client, customers: number): Promise<void> {
  await admin.query(
    `insert into customers.changed_days (party_id, first_on, last_on)
     select p.party_id, current_date - 2, current_date from customers.party p
     where p.customer_id in (
       select customer_id from (select distinct customer_id from customers.transaction join customers.party using (party_id)) x order by random() limit $1)`,
    [customers],
  );
}
