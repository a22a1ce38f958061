import { pino } from "pino";
import { z } from "zod";
import { callerOf, operatorCaller } from "../../server/governance/access/index.ts";
import { openBank } from "../../server/main/open-bank.ts";
import { systemClock } from "../../server/platform/clock/index.ts";
import { readConfig } from "../../server/platform/config/index.ts";
import { inTransaction, sql } from "../../server/platform/db/index.ts";
import { defineJob, jobWork, sendJob, startWorkers } from "../../server/platform/jobs/index.ts";

// A process that orders a job and works on it, and dies without a word at a step: node worker-process.ts <order as JSON>.

export type Step = "before_work" | "before_commit" | "after_commit";

interface Order {
  readonly home: string;
  /** null: orders nothing, and ends when these jobs are done. */
  readonly dieAt: Step | null;
  readonly marks: readonly string[];
}

const { home, dieAt, marks } = JSON.parse(process.argv[2] ?? "{}") as Order;
const faultStep = defineJob("fault_step", z.object({ mark: z.string() }), { concurrency: 3 });
const die = (step: Step) => {
  if (dieAt === step) process.kill(process.pid, "SIGKILL");
};
const db = await openBank(readConfig({ VINCULO_HOME: home }), { mode: "share" });
const operator = await operatorCaller(db);
let done = 0;
const finished = Promise.withResolvers<void>();
const work = jobWork(faultStep, async ({ data, caller, finish }) => {
  die("before_work");
  await inTransaction(
    db,
    caller,
    async (tx) => {
      await sql`insert into platform.setting (name, value) values (${`${data.mark} ${crypto.randomUUID()}`}, '1')`.execute(tx);
      await finish(tx);
      die("before_commit");
    },
    { role: "worker" },
  );
  die("after_commit");
  done += 1;
  if (dieAt === null && done >= marks.length) finished.resolve();
});
const workers = await startWorkers({
  ...{ db, works: [work], callerFor: (userId: Parameters<typeof callerOf>[1], requestId: string) => callerOf(db, userId, requestId) },
  ...{ clock: systemClock, home, logger: pino({ level: "silent" }) },
});
if (dieAt !== null)
  for (const mark of marks) await inTransaction(db, operator, (tx) => sendJob(tx, faultStep, { mark }), { role: "worker" });
await finished.promise;
await workers.close();
await db.close();
