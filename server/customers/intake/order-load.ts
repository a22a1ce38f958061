import { z } from "zod";
import type { Caller } from "../../platform/caller/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { defineJob, sendJob } from "../../platform/jobs/index.ts";
import { DeliveryRequest, type LoadState } from "./contract.ts";
import { registerLoad } from "./register-load.ts";
import * as store from "./store.ts";
import { openUploads } from "./uploads.ts";

const HOURS = 3600;

/** Loads a delivery of uploaded files in the background. Killed or stopped, it goes on where it was. */
export const runLoadJob = defineJob("run_load", z.strictObject({ loadId: z.uuid(), delivery: DeliveryRequest }), {
  atMostOne: "either",
  retryLimit: 5,
  expireSeconds: 23 * HOURS,
  concurrency: 1,
});

/** Checks the delivery, claims its source, and leaves the rest to the worker. Fails with what openUploads and registerLoad fail with. */
export async function orderLoad(db: Db, caller: Caller, request: DeliveryRequest): Promise<{ loadId: string; state: LoadState }> {
  const delivery = await openUploads(db, caller, request);
  return store.asWorker(db, caller, async (tx) => {
    const load = await registerLoad(tx, caller, delivery);
    if (load.state === "done") return { loadId: load.loadId, state: load.state };
    const mapping = await store.readMapping(tx, load.mappingId);
    // The mapping is kept by now: the job names it instead of carrying its text.
    await sendJob(
      tx,
      runLoadJob,
      { loadId: load.loadId, delivery: { mappingId: mapping?.mappingId ?? load.mappingId, files: request.files } },
      { singletonKey: load.loadId },
    );
    return { loadId: load.loadId, state: load.state };
  });
}
