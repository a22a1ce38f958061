import { z } from "zod";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction } from "../../platform/db/index.ts";
import { defineJob, type JobWork, jobWork, sendJob } from "../../platform/jobs/index.ts";
import { refreshCustomers } from "../profiles/index.ts";
import { learnAndMatch } from "./learn-and-match.ts";

const HOURS = 3600;

/** Learns a model from everybody and matches everybody anew. Killed, it begins again. */
export const learnMatchingJob = defineJob("learn_matching", z.object({}), {
  atMostOne: "either",
  retryLimit: 2,
  expireSeconds: 6 * HOURS,
  concurrency: 1,
});

export const identityJobs: JobWork[] = [
  jobWork(learnMatchingJob, async ({ db, caller }) => {
    const { customerIds } = await learnAndMatch({ db, caller, loadNo: null });
    await refreshCustomers(db, caller, customerIds);
  }),
];

/** Orders the learning; one at a time. Fails with not_allowed. */
export async function orderLearning(db: Db, caller: Caller): Promise<{ started: boolean }> {
  permit(caller, "identity:learn");
  return inTransaction(
    db,
    caller,
    async (tx) => {
      await sendJob(tx, learnMatchingJob, {}, { singletonKey: "learn" });
      await record(tx, { caller, action: "identity.learning_ordered", subjectKind: "identity_model", subjectIds: [] });
      return { started: true };
    },
    { role: "worker" },
  );
}
