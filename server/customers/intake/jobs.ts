import { type JobWork, jobWork } from "../../platform/jobs/index.ts";
import { loadDelivery } from "./load-delivery.ts";
import { runLoadJob } from "./order-load.ts";
import { openUploads } from "./uploads.ts";

export const intakeJobs: JobWork[] = [
  jobWork(runLoadJob, async ({ db, caller, data, signal, finish }) => {
    await loadDelivery({ db, caller, delivery: await openUploads(db, caller, data.delivery), signal, inLastTransaction: finish });
  }),
];
