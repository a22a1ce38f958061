import { z } from "zod";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { defineJob, type JobWork, jobWork, sendJob, sendWhereServed } from "../../platform/jobs/index.ts";
import { learnAndMatch } from "./learn-and-match.ts";
import { keepKeys, matchAgain } from "./match-after-load.ts";
import { readActiveModel, settleMatching } from "./match-store.ts";
import { modelInForce } from "./work-on-identity.ts";

const HOURS = 3600;

const Thresholds = z.object({ joinBits: z.number(), doubtBits: z.number() });

/** Learns a model from everybody, or takes other thresholds for the one in force, and matches everybody anew. Killed, it begins again. */
const learnMatchingJob = defineJob("learn_matching", z.object({ thresholds: Thresholds.optional() }), {
  atMostOne: "either",
  retryLimit: 2,
  expireSeconds: 6 * HOURS,
  concurrency: 1,
});

/** Matches single records that came outside a load's own run. */
const matchPartiesJob = defineJob("match_parties", z.object({ partyIds: z.array(z.uuid()).min(1).max(1000) }), {
  retryLimit: 5,
  expireSeconds: HOURS,
  concurrency: 1,
});

export const identityJobs: JobWork[] = [
  jobWork(matchPartiesJob, ({ db, caller, data: { partyIds } }) => matchAgain(db, caller, partyIds)),
  jobWork(learnMatchingJob, async ({ db, caller, data: { thresholds } }) => {
    await learnAndMatch({ db, caller, loadNo: null, ...(thresholds === undefined ? {} : { thresholds }) });
  }),
];

/** These records are found as the ones being typed from now on, and matched against everybody as soon as the transaction is in. Worker role. */
export async function orderMatching(tx: Tx, partyIds: readonly string[]): Promise<void> {
  await keepKeys(tx, await modelInForce(tx), partyIds);
  await settleMatching(tx);
  await sendWhereServed(tx, matchPartiesJob, { partyIds: [...partyIds] });
}

/** Orders the learning; one at a time. Fails with not_allowed. */
export async function orderLearning(db: Db, caller: Caller): Promise<{ started: boolean }> {
  permit(caller, "identity:learn");
  return order(db, caller, "identity.learning_ordered");
}

/** Orders other thresholds; one at a time. Fails with not_allowed, invalid_state (nothing was learned yet). */
export async function orderThresholds(db: Db, caller: Caller, thresholds: z.output<typeof Thresholds>): Promise<{ started: boolean }> {
  permit(caller, "identity:learn");
  const model = await inTransaction(db, caller, readActiveModel, { readOnly: true });
  if (model === null) throw new DomainError("invalid_state", "nothing was learned yet", { detail: { reason: "no_model" } });
  return order(db, caller, "identity.thresholds_moved", thresholds);
}

async function order(db: Db, caller: Caller, action: string, thresholds?: z.output<typeof Thresholds>): Promise<{ started: boolean }> {
  const send = async (tx: Tx) => {
    await sendJob(tx, learnMatchingJob, thresholds === undefined ? {} : { thresholds }, { singletonKey: "learn" });
    await record(tx, { caller, action, subjectKind: "identity_model", subjectIds: [], detail: { ...thresholds } });
    return { started: true };
  };
  return inTransaction(db, caller, send, { role: "worker" });
}
