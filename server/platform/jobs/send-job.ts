import type { z } from "zod";
import type { Tx } from "../db/index.ts";
import type { Job } from "./job.ts";
import { hasQueue, insertJob } from "./store.ts";

export interface SendOptions {
  /** Narrows `atMostOne` of the job to one thing, for instance the id of a source. */
  readonly singletonKey?: string;
  readonly delaySeconds?: number;
}

/**
 * Puts a job into its queue in the caller's transaction: it exists when that commits, and never otherwise. It will run with the rights
 * of the person of the transaction, as they are then. Returns its id, or null when there is one already and one is the bound.
 */
export async function sendJob<Data extends z.ZodType>(
  tx: Tx,
  job: Job<Data>,
  data: z.input<Data>,
  options: SendOptions = {},
): Promise<string | null> {
  return await insertJob(tx, job.name, job.data.parse(data), options.singletonKey ?? null, options.delaySeconds ?? 0);
}

/** The same for work that can be left: nothing is sent where no worker ever ran, and no queue is there. */
export async function sendWhereServed<Data extends z.ZodType>(
  tx: Tx,
  job: Job<Data>,
  data: z.input<Data>,
  options: SendOptions = {},
): Promise<void> {
  if (await hasQueue(tx, job.name)) await sendJob(tx, job, data, options);
}
