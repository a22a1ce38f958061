import type { z } from "zod";
import type { Tx } from "../db/index.ts";
import type { Job } from "./job.ts";
import { insertJob } from "./store.ts";

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
