import { z } from "zod";
import { customerChanged } from "../../customers/profiles/index.ts";
import { readDemoState } from "../../governance/access/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { type Consumer, consumer } from "../../platform/events/index.ts";
import { defineJob, type JobWork, jobWork, sendWhereServed } from "../../platform/jobs/index.ts";
import { isNightDue } from "./rules.ts";
import { runRefresh } from "./run-refresh.ts";
import { readLastEnd } from "./store.ts";

const SETTLE_SECONDS = 5;
const HOURS = 3600;

const refreshJob = defineJob("refresh_facts", z.object({ what: z.enum(["changed", "all"]) }), {
  atMostOne: "waiting",
  retryLimit: 5,
  expireSeconds: 6 * HOURS,
  concurrency: 1,
});

export const refreshJobs: JobWork[] = [
  jobWork(refreshJob, async ({ db, caller, clock, data, signal }) => {
    // Another process at it: tried again after a pause, because this order may be younger than what it took.
    if ((await runRefresh({ db, caller, clock, what: data.what, signal })) === null && !signal.aborted)
      throw new Error("a refresh is under way");
  }),
];

/** Has what is computed of customers brought up to date soon; news that come close together are one order. Worker role. */
export async function orderRefresh(tx: Tx, what: "changed" | "all" = "changed"): Promise<void> {
  // The demo bank is refreshed once, when all of it is there.
  const demo = await readDemoState(tx);
  if (demo === "filling" || demo === "completing") return;
  await sendWhereServed(tx, refreshJob, { what }, { singletonKey: what, delaySeconds: SETTLE_SECONDS });
}

/** The work of the night, ordered by housekeeping. */
export async function orderNightlyRefresh(tx: Tx, clock: Clock): Promise<void> {
  if (isNightDue(clock.now(), await readLastEnd(tx))) await orderRefresh(tx);
}

export const refreshConsumers: Consumer[] = [consumer("refresh_facts", customerChanged, (tx) => orderRefresh(tx))];
