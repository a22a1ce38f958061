import type { z } from "zod";
import type { Caller } from "../caller/index.ts";
import type { Clock } from "../clock/index.ts";
import type { Db, Tx } from "../db/index.ts";
import type { Mailer } from "../mail/index.ts";

/** A kind of background work. Made by `defineJob`; other modules send it, the owner's jobs.ts says what it does. */
export interface Job<Data extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly data: Data;
  readonly queue: QueueRules;
}

export interface QueueRules {
  /**
   * "waiting": at most one waits; "running": at most one runs; "either": at most one waits or runs; each per `singletonKey` of the
   * sending. A job sent beyond that is not kept. Default: no bound.
   */
  readonly atMostOne?: "waiting" | "running" | "either";
  /** Tries after the first. Default 7: eight in all, then it lies among the dead letters. */
  readonly retryLimit?: number;
  /** Before the first retry; doubles each time, with jitter, up to ten minutes. Default 5. */
  readonly retryDelaySeconds?: number;
  /** A job that runs longer is taken away. Default 15 minutes, at most 24 hours. */
  readonly expireSeconds?: number;
  /** How many may run at once in one process. Default 1. */
  readonly concurrency?: number;
}

/** `data` names things by id: it is kept for days, and seen by whoever looks after the queues. */
export function defineJob<Data extends z.ZodType>(name: string, data: Data, queue: QueueRules = {}): Job<Data> {
  if (!/^[a-z][a-z0-9_]{2,60}$/.test(name)) throw new Error(`not a job name: ${name}`);
  return { name, data, queue };
}

export interface JobInput<Data> {
  readonly db: Db;
  /** The person who ordered the job, with the rights of now. */
  readonly caller: Caller;
  readonly clock: Clock;
  /** The folder of files and keys: `VINCULO_HOME`. */
  readonly home: string;
  /** The one way to send mail. */
  readonly mail: Mailer;
  /** Under which browsers reach this installation, for links. */
  readonly publicUrl: URL;
  readonly data: Data;
  readonly jobId: string;
  /** From 1. */
  readonly attempt: number;
  /** Aborted when the worker stops, or when the job was taken away because it took too long. */
  readonly signal: AbortSignal;
  /**
   * Ends the job in this transaction, so that its last change and its end are one. Throws, and so rolls back, when the job was given
   * to another worker meanwhile.
   */
  readonly finish: (tx: Tx) => Promise<void>;
}

/** A job with what it does. */
export interface JobWork {
  readonly job: Job;
  readonly run: (input: JobInput<unknown>) => Promise<void>;
}

/**
 * For long work in many transactions: it must be resumable, because after a crash it starts again. Throwing means: try again later.
 * A DomainError of a code that will not change by itself (not_allowed, invalid_input, ...) goes straight to the dead letters.
 */
export function jobWork<Data extends z.ZodType>(job: Job<Data>, run: (input: JobInput<z.output<Data>>) => Promise<void>): JobWork {
  return { job, run: run as JobWork["run"] };
}
