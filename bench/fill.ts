// Runs in a process of its own: bench/fill.ts <home> <customers> <transactions a customer>.
import { join } from "node:path";
import { operatorCaller } from "../server/governance/access/index.ts";
import { completeDemoBank } from "../server/main/complete-demo-bank.ts";
import { fillDemoBank } from "../server/main/demo-bank.ts";
import { openBank } from "../server/main/open-bank.ts";
import { terminalProgress } from "../server/main/progress.ts";
import { type Db, inTransaction, sql } from "../server/platform/db/index.ts";
import { configOf, type LoadFigures, migrationsHash, writeFigures } from "./home.ts";

async function fill(home: string, customers: number, transactionsPerCustomer: number): Promise<void> {
  const db = await openBank(configOf(home), { mode: "share" });
  try {
    const show = terminalProgress();
    const startedMs = performance.now();
    let generateSeconds = 0;
    const order = { customers, folder: join(home, "demo"), transactionsPerCustomer };
    await fillDemoBank(db, order, (progress) => {
      if (progress.what.startsWith("generating")) generateSeconds = (performance.now() - startedMs) / 1000;
      show(progress);
    });
    await completeDemoBank(db);
    const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
    const loads = await readLoads(db);
    writeFigures(home, { customers, migrations: migrationsHash(), loads, generateSeconds, peakMiB, copies: 1 });
  } finally {
    await db.close();
  }
}

/** From the loads themselves: the clock of a load runs from its registration to its report. */
async function readLoads(db: Db): Promise<LoadFigures[]> {
  const operator = await operatorCaller(db);
  return inTransaction(
    db,
    operator,
    async (tx) => {
      const { rows } = await sql<LoadFigures>`
        select s.code as source, extract(epoch from l.finished_at - l.started_at)::float8 as seconds,
          (select coalesce(sum((kind.counts ->> 'read')::bigint), 0)::float8
            from customers.load_chunk c, jsonb_each(c.counts) as kind (name, counts) where c.load_no = l.load_no) as rows
        from customers.load l join customers.source s using (source_id) where l.state = 'done' order by l.load_no`.execute(tx);
      return rows;
    },
    { role: "worker" },
  );
}

const [home = "", customers = "0", transactionsPerCustomer = "10"] = process.argv.slice(2);
await fill(home, Number(customers), Number(transactionsPerCustomer));
