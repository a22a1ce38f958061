import { columnsOf, type DataMap } from "../../platform/data-map/index.ts";
import { type JobWork, jobWork } from "../../platform/jobs/index.ts";
import { retentionJob } from "./retention-job.ts";
import { runRetention } from "./run-retention.ts";

/** `maps`: what every module says of its tables (main/personal-data.ts). */
export function retentionJobs(maps: readonly DataMap[]): JobWork[] {
  const columns = columnsOf(maps);
  return [
    jobWork(retentionJob, async ({ db, caller, clock, home, signal }) => {
      await runRetention({ db, caller, now: clock.now(), home, columns }, signal);
    }),
  ];
}
