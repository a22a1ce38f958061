import { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import type { Db } from "../db/index.ts";
import { errorForLog } from "../telemetry/index.ts";
import type { Job } from "./job.ts";
import { executeText } from "./store.ts";

export const deadLetterQueue = "dead_letter";

const DEFAULTS = { retryLimit: 7, retryDelay: 5, retryDelayMax: 600, expireInSeconds: 15 * 60, heartbeatSeconds: 30 } as const;
const policies = { waiting: "short", running: "singleton", either: "exclusive" } as const;

/** pg-boss on the worker's connections. The schema is made by a migration; this process may not change it. */
export function makeBoss(db: Db, logger: Logger): PgBoss {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => executeText(db, text, values) },
    schema: "jobs",
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
    monitorVacuum: false,
    // A job whose worker died is noticed after its heartbeat (30 s) and at most this long.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  boss.on("error", (error) => logger.error({ err: errorForLog(error) }, "the job queue has a problem"));
  boss.on("warning", ({ message }) => logger.warn({ warning: message }, "the job queue warns"));
  return boss;
}

/** Creates the queues of these jobs, or brings their rules up to date. */
export async function prepareQueues(boss: PgBoss, jobs: readonly Job[]): Promise<void> {
  await boss.createQueue(deadLetterQueue, { retentionSeconds: 90 * 86_400 });
  for (const { name, queue } of jobs) {
    const rules = {
      retryLimit: queue.retryLimit ?? DEFAULTS.retryLimit,
      retryDelay: queue.retryDelaySeconds ?? DEFAULTS.retryDelay,
      retryBackoff: true,
      retryDelayMax: DEFAULTS.retryDelayMax,
      expireInSeconds: queue.expireSeconds ?? DEFAULTS.expireInSeconds,
      heartbeatSeconds: DEFAULTS.heartbeatSeconds,
      deadLetter: deadLetterQueue,
    };
    await boss.createQueue(name, { ...rules, policy: queue.atMostOne === undefined ? "standard" : policies[queue.atMostOne] });
    await boss.updateQueue(name, rules);
  }
}
