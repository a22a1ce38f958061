import { z } from "zod";
import { columnsOf, type DataMap } from "../../platform/data-map/index.ts";
import { defineJob, type JobWork, jobWork } from "../../platform/jobs/index.ts";
import { compileReport } from "./compile-report.ts";

export const accessReportJob = defineJob("compile_access_report", z.object({ customerId: z.uuid(), reportId: z.uuid() }), {
  retryLimit: 3,
});

/** `maps`: what every module says of its tables (main/personal-data.ts). */
export function privacyJobs(maps: readonly DataMap[]): JobWork[] {
  const columns = columnsOf(maps);
  return [
    jobWork(accessReportJob, ({ db, caller, clock, data }) =>
      compileReport({ db, caller, now: clock.now(), columns }, data.customerId, data.reportId),
    ),
  ];
}
