import { z } from "zod";
import { columnsOf, type DataMap } from "../../platform/data-map/index.ts";
import { defineJob, type JobWork, jobWork } from "../../platform/jobs/index.ts";
import { eraseCustomer } from "./erase.ts";

export const eraseJob = defineJob("erase_customer", z.object({ erasureId: z.uuid() }), { atMostOne: "either", retryLimit: 5 });

/** `maps`: what every module says of its tables (main/personal-data.ts). */
export function erasureJobs(maps: readonly DataMap[]): JobWork[] {
  const columns = columnsOf(maps);
  return [
    jobWork(eraseJob, async ({ db, caller, clock, home, data }) => {
      await eraseCustomer({ db, caller, now: clock.now(), home, columns }, data.erasureId);
    }),
  ];
}
