import { z } from "zod";
import type { Tx } from "../../platform/db/index.ts";
import { defineJob, type JobWork, jobWork, sendJob } from "../../platform/jobs/index.ts";
import { settleSegment } from "./settle-segments.ts";

const settleJob = defineJob("settle_segment", z.object({ segmentId: z.uuid() }), { atMostOne: "waiting", retryLimit: 3, concurrency: 1 });

export const segmentJobs: JobWork[] = [
  jobWork(settleJob, ({ db, caller, clock, data: { segmentId } }) => settleSegment(db, caller, clock, segmentId)),
];

/** Has who is in the segment computed, as soon as the transaction is in. */
export async function orderSettling(tx: Tx, segmentId: string): Promise<void> {
  await sendJob(tx, settleJob, { segmentId }, { singletonKey: segmentId });
}
