import { z } from "zod";
import type { Tx } from "../../platform/db/index.ts";
import { defineJob, type JobWork, jobWork, sendJob } from "../../platform/jobs/index.ts";
import { runClusters } from "./clusters/keep-clusters.ts";
import { settleSegment } from "./settle-segments.ts";

const settleJob = defineJob("settle_segment", z.object({ segmentId: z.uuid() }), { atMostOne: "waiting", retryLimit: 3, concurrency: 1 });

const clustersJob = defineJob("find_clusters", z.object({ runId: z.uuid() }), { atMostOne: "running", retryLimit: 2, concurrency: 1 });

export const segmentJobs: JobWork[] = [
  jobWork(clustersJob, ({ db, caller, clock, data: { runId } }) => runClusters(db, caller, clock, runId)),
  jobWork(settleJob, ({ db, caller, clock, data: { segmentId } }) => settleSegment(db, caller, clock, segmentId)),
];

/** Has who is in the segment computed, as soon as the transaction is in. */
export async function orderSettling(tx: Tx, segmentId: string): Promise<void> {
  await sendJob(tx, settleJob, { segmentId }, { singletonKey: segmentId });
}

/** Has clusters looked for, as soon as the transaction is in. */
export async function orderSearch(tx: Tx, runId: string): Promise<void> {
  await sendJob(tx, clustersJob, { runId });
}
