import { z } from "zod";
import { readDemoState } from "../../governance/access/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { type Consumer, consumer } from "../../platform/events/index.ts";
import { defineJob, type JobWork, jobWork, sendJob, sendWhereServed } from "../../platform/jobs/index.ts";
import { segmentChanged, segmentsBehind } from "../segments/index.ts";
import { boundTo } from "./action.ts";
import { listActions } from "./bank-store.ts";
import { decideDue, decideOffers } from "./decide-offers.ts";
import { tellOfSegment } from "./manage-store.ts";

const SETTLE_SECONDS = 2;

const decideJob = defineJob("decide_offers", z.object({ what: z.enum(["due", "all"]) }), {
  atMostOne: "waiting",
  retryLimit: 5,
  expireSeconds: 3 * 3600,
  concurrency: 1,
});

export const offerJobs: JobWork[] = [
  jobWork(decideJob, async ({ db, caller, clock, signal, data }) => {
    const order = { db, caller, clock, signal };
    if (data.what === "due") await decideDue(order);
    else await decideOffers({ ...order, customerIds: null });
  }),
];

/** The terms of an action for a segment are those of the segment: another condition has everybody decided upon anew, as any other setting, and is told to who manages offers. */
export const offerConsumers: Consumer[] = [
  consumer("decide_offers", segmentChanged, async (tx, { payload }) => {
    const behind = await segmentsBehind(tx, boundTo(await listActions(tx)));
    if (!behind.has(payload.segmentId)) return;
    await tellOfSegment(tx);
    await orderOffers(tx, "all");
  }),
];

/** A person ordered it: a round for who is due, or for everybody. Orders that come close together are one. */
export async function orderRound(tx: Tx, what: "due" | "all"): Promise<void> {
  await sendJob(tx, decideJob, { what }, { singletonKey: what, delaySeconds: SETTLE_SECONDS });
}

/** The same as the worker, where anybody works. The demo bank is decided upon when all of it is there. */
export async function orderOffers(tx: Tx, what: "due" | "all", delaySeconds = SETTLE_SECONDS): Promise<void> {
  const demo = await readDemoState(tx);
  if (demo === "filling" || demo === "completing") return;
  await sendWhereServed(tx, decideJob, { what }, { singletonKey: what, delaySeconds });
}
