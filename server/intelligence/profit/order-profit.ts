import { z } from "zod";
import type { Tx } from "../../platform/db/index.ts";
import { defineJob, sendJob } from "../../platform/jobs/index.ts";

const rules = { atMostOne: "waiting", retryLimit: 5, expireSeconds: 6 * 3600 } as const;
export const applyParametersJob = defineJob("apply_profit_parameters", z.object({}), rules);
export const decideTierJob = defineJob("decide_tier", z.object({ customerId: z.uuid() }), { retryLimit: 5 });

/** A version was approved: it is put into force. */
export async function orderParameters(tx: Tx): Promise<void> {
  await sendJob(tx, applyParametersJob, {}, { singletonKey: "parameters" });
}

/** An appeal was granted: the tier follows at once. */
export async function orderTiers(tx: Tx, customerId: string): Promise<void> {
  await sendJob(tx, decideTierJob, { customerId });
}
