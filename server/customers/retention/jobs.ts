import { z } from "zod";
import { columnsOf, type DataMap } from "../../platform/data-map/index.ts";
import { defineJob, type JobWork, jobWork } from "../../platform/jobs/index.ts";
import { runRetention } from "./run-retention.ts";

export const retentionJob = defineJob("run_retention", z.object({}), { atMostOne: "either", expireSeconds: 6 * 3600, retryLimit: 2 });

/** `maps`: what every module says of its tables (main/personal-data.ts). */
export function retentionJobs(maps: readonly DataMap[]): JobWork[] {
  const columns = columnsOf(maps);
  return [
    jobWork(retentionJob, async ({ db, caller, clock, home, signal }) => {
      await runRetention({ db, caller, now: clock.now(), home, columns }, signal);
    }),
  ];
}
