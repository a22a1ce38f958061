import { type JobWork, jobWork } from "../../platform/jobs/index.ts";
import { applyParametersJob, decideTierJob } from "./order-profit.ts";
import { applyParameters, refreshTier } from "./refresh-profit.ts";

export const profitJobs: JobWork[] = [
  jobWork(applyParametersJob, async (input) => {
    await applyParameters(input);
  }),
  jobWork(decideTierJob, async (input) => {
    await refreshTier(input, input.data.customerId);
  }),
];
