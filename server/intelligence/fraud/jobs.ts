import { z } from "zod";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { defineJob, type JobWork, jobWork, sendJob, sendWhereServed } from "../../platform/jobs/index.ts";
import type { RefreshOrder } from "../facts/index.ts";
import { followPayments } from "./live/follow-payments.ts";
import { asWorker } from "./live/store.ts";
import { testRules } from "./rule-sets/backtest-rules.ts";
import { findSet } from "./rule-sets/store.ts";

export const followPaymentsJob = defineJob("follow_payments", z.object({}), { atMostOne: "waiting", retryLimit: 5, expireSeconds: 3_600 });
export const testRulesJob = defineJob("test_fraud_rules", z.object({ setNo: z.int() }), {
  atMostOne: "either",
  retryLimit: 1,
  expireSeconds: 3_600,
});

export const fraudJobs: JobWork[] = [
  jobWork(followPaymentsJob, async (input) => void (await followPayments(input))),
  jobWork(testRulesJob, async ({ data, ...input }) => testRules({ ...input, setNo: data.setNo })),
];

/** Has new payments judged: as a job, so that whoever waits for a refresh does not wait for it. One waits at a time. */
export async function followInBackground({ db, caller }: Pick<RefreshOrder, "db" | "caller">): Promise<void> {
  await asWorker(db, caller, (tx) => sendWhereServed(tx, followPaymentsJob, {}, { singletonKey: "follow" }));
}

/** Fails with not_allowed, not_found. */
export async function orderBacktest(tx: Tx, caller: Caller, setNo: number): Promise<{ ordered: boolean }> {
  permit(caller, "fraud:rules");
  if ((await findSet(tx, setNo)) === null) throw new DomainError("not_found", "no such rule set");
  return { ordered: (await sendJob(tx, testRulesJob, { setNo }, { singletonKey: String(setNo) })) !== null };
}
