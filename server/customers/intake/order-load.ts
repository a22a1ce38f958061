import { z } from "zod";
import type { Caller } from "../../platform/caller/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { defineJob, sendJob } from "../../platform/jobs/index.ts";
import type { DeliveryRequest, LoadState } from "./contract.ts";
import type { Delivery } from "./open-delivery.ts";
import { registerLoad } from "./register-load.ts";
import * as store from "./store.ts";
import { openUploads } from "./uploads.ts";

const HOURS = 3600;

/** Runs a load in the background, from the files it was given. Killed or stopped, it goes on where it was. */
export const runLoadJob = defineJob("run_load", z.object({ loadId: z.uuid() }), {
  atMostOne: "either",
  retryLimit: 5,
  expireSeconds: 23 * HOURS,
  concurrency: 1,
});

/** Checks the delivery, claims its source, and leaves the rest to the worker. Fails with what openUploads and registerLoad fail with. */
export async function orderLoad(db: Db, caller: Caller, home: string, request: DeliveryRequest): Promise<OrderedLoad> {
  return orderDelivery(db, caller, await openUploads(db, caller, home, request));
}

export interface OrderedLoad {
  readonly loadId: string;
  readonly state: LoadState;
}

/** The same for a delivery that is open already. Fails with what registerLoad fails with. */
export async function orderDelivery(db: Db, caller: Caller, delivery: Delivery): Promise<OrderedLoad> {
  return store.asWorker(db, caller, async (tx) => {
    const { loadId, state } = await registerLoad(tx, caller, delivery);
    if (state !== "done") await sendJob(tx, runLoadJob, { loadId }, { singletonKey: loadId });
    return { loadId, state };
  });
}
