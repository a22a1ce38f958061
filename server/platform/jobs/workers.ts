import { type Job as BossJob, fromKysely, type PgBoss } from "pg-boss";
import type { Logger } from "pino";
import { z } from "zod";
import type { Caller, UserId } from "../caller/index.ts";
import type { Clock } from "../clock/index.ts";
import type { Db } from "../db/index.ts";
import type { ErrorCode } from "../errors/contract.ts";
import { DomainError } from "../errors/index.ts";
import { type Mailer, noMailer } from "../mail/index.ts";
import { errorForLog } from "../telemetry/index.ts";
import { makeBoss, prepareQueues } from "./boss.ts";
import type { JobInput, JobWork } from "./job.ts";

export interface WorkerParts {
  readonly db: Db;
  readonly works: readonly JobWork[];
  /** The person with their rights of now; null when they may not work any more. Then the job is not run. */
  readonly callerFor: (userId: UserId, requestId: string) => Promise<Caller | null>;
  readonly clock: Clock;
  /** The folder of files and keys: `VINCULO_HOME`. */
  readonly home: string;
  /** Default: none. */
  readonly mail?: Mailer;
  /** Under which browsers reach this installation; default http://localhost. */
  readonly publicUrl?: URL;
  readonly logger: Logger;
  /** Wakes the workers when a job was sent; without it they look every two seconds. */
  readonly notices?: { on(topic: string, listener: (notice: { readonly key: string }) => void): () => void };
}

export interface Workers {
  /** Takes no new jobs, lets the running ones finish up to 15 s, and gives the rest back to be tried again. */
  close(): Promise<void>;
}

const Envelope = z.object({ userId: z.uuid(), requestId: z.string().nullable(), data: z.unknown() });
const FINISH_MS = 15_000;
const LOOK_EVERY_SECONDS = 2;
/** Trying again will not help: somebody has to look. */
const finalCodes: ReadonlySet<ErrorCode> = new Set([
  "invalid_input",
  "not_allowed",
  "not_found",
  "invalid_state",
  "unsupported_file",
  "too_large",
]);

/** Runs jobs until closed. Also brings the queues up to date, so that sending works from now on. */
export async function startWorkers(parts: WorkerParts): Promise<Workers> {
  const { db, works, logger, notices } = parts;
  const boss = makeBoss(db, logger);
  try {
    await boss.start();
    await prepareQueues(
      boss,
      works.map(({ job }) => job),
    );
  } catch (error) {
    // Its timers would keep the process alive, and ask a database that is closed by then.
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw error;
  }
  const stops: (() => void)[] = [];
  const workerIds = new Map<string, string>();
  for (const work of works) {
    const options = {
      pollingIntervalSeconds: LOOK_EVERY_SECONDS,
      localConcurrency: work.job.queue.concurrency ?? 1,
      perJobResults: true,
    } as const;
    const id = await boss.work<unknown>(work.job.name, options, async (jobs) => {
      const outcomes = [];
      for (const job of jobs) outcomes.push(await runJob(parts, boss, work, job));
      return outcomes;
    });
    workerIds.set(work.job.name, id);
  }
  const off = notices?.on("job", ({ key }) => {
    const id = workerIds.get(key);
    if (id !== undefined) boss.notifyWorker(id);
  });
  if (off !== undefined) stops.push(off);
  return {
    async close() {
      for (const stop of stops) stop();
      await boss.stop({ graceful: true, timeout: FINISH_MS });
    },
  };
}

type Outcome = { id: string; status: "completed" | "failed" | "deadletter"; output?: object };

async function runJob(parts: WorkerParts, boss: PgBoss, work: JobWork, job: BossJob<unknown>): Promise<Outcome> {
  const startedMs = performance.now();
  const line = { job: work.job.name, jobId: job.id, attempt: job.retryCount + 1 };
  try {
    const input = await inputOf(parts, boss, work, job);
    await work.run(input);
    parts.logger.info({ ...line, requestId: input.caller.requestId, ms: Math.round(performance.now() - startedMs) }, "job done");
    return { id: job.id, status: "completed" };
  } catch (error) {
    const isFinal = error instanceof z.ZodError || (error instanceof DomainError && finalCodes.has(error.code));
    const err = errorForLog(error);
    parts.logger.error({ ...line, err, isFinal }, "job failed");
    // Kept with the job, so never the error itself: its text may hold data.
    return { id: job.id, status: isFinal ? "deadletter" : "failed", output: err };
  }
}

async function inputOf(
  { db, clock, home, callerFor, mail = noMailer, publicUrl = new URL("http://localhost") }: WorkerParts,
  boss: PgBoss,
  work: JobWork,
  job: BossJob<unknown>,
): Promise<JobInput<unknown>> {
  const envelope = Envelope.parse(job.data);
  const caller = await callerFor(envelope.userId as UserId, envelope.requestId ?? job.id);
  if (caller === null) throw new DomainError("not_allowed", "who ordered this job may not work any more");
  return {
    db,
    caller,
    clock,
    home,
    mail,
    publicUrl,
    data: work.job.data.parse(envelope.data),
    jobId: job.id,
    attempt: job.retryCount + 1,
    signal: job.signal,
    async finish(tx) {
      const { affected } = (await boss.complete(job.name, { id: job.id, retryCount: job.retryCount }, null, { db: fromKysely(tx) })) as {
        affected: number;
      };
      if (affected !== 1) throw new DomainError("in_progress", "the job was given to another worker meanwhile");
    },
  };
}
