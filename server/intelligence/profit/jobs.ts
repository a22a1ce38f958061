import { z } from "zod";
import type { Tx } from "../../platform/db/index.ts";
import { defineJob, type JobWork, jobWork, sendJob, sendWhereServed } from "../../platform/jobs/index.ts";
import { applyParameters, refreshProfit, refreshTier } from "./refresh-profit.ts";

const refreshProfitJob = defineJob("refresh_profit", z.object({}), { atMostOne: "waiting", retryLimit: 3, expireSeconds: 6 * 3600 });
const applyParametersJob = defineJob("apply_profit_parameters", z.object({}), {
  atMostOne: "waiting",
  retryLimit: 5,
  expireSeconds: 6 * 3600,
});

const decideTierJob = defineJob("decide_tier", z.object({ customerId: z.uuid() }), { retryLimit: 5 });

export const profitJobs: JobWork[] = [
  jobWork(refreshProfitJob, async (input) => {
    await refreshProfit({ ...input, customers: "all" });
  }),
  jobWork(applyParametersJob, async (input) => {
    await applyParameters(input);
  }),
  jobWork(decideTierJob, async (input) => {
    await refreshTier(input, input.data.customerId);
  }),
];

/** Everybody anew; one waits at a time. */
export async function orderProfit(tx: Tx): Promise<void> {
  await sendWhereServed(tx, refreshProfitJob, {}, { singletonKey: "profit" });
}

export async function orderParameters(tx: Tx): Promise<void> {
  await sendJob(tx, applyParametersJob, {}, { singletonKey: "parameters" });
}

/** An appeal was granted: the tier follows at once. */
export async function orderTiers(tx: Tx, customerId: string): Promise<void> {
  await sendJob(tx, decideTierJob, { customerId });
}
