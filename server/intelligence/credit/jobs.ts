import { z } from "zod";
import type { Tx } from "../../platform/db/index.ts";
import { defineJob, type JobWork, jobWork, sendWhereServed } from "../../platform/jobs/index.ts";
import { learnCredit } from "./rating/learn-credit.ts";
import { refreshCredit } from "./refresh-credit.ts";

const learnJob = defineJob("learn_credit", z.object({}), { atMostOne: "waiting", retryLimit: 3, expireSeconds: 3600, concurrency: 1 });

export const creditJobs: JobWork[] = [
  jobWork(learnJob, async ({ db, caller, clock }) => {
    await learnCredit({ db, caller, clock });
    await refreshCredit({ db, caller, clock, customerIds: null });
  }),
];

/** Has a model trained from what is booked, and everybody rated by it. Worker role. */
export async function orderCreditLearning(tx: Tx): Promise<void> {
  await sendWhereServed(tx, learnJob, {}, { singletonKey: "credit" });
}
