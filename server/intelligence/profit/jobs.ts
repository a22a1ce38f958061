import { type JobWork, jobWork } from "../../platform/jobs/index.ts";
import { applyParametersJob, decideTierJob, refreshProfitJob } from "./order-profit.ts";
import { applyParameters, refreshProfit, refreshTier } from "./refresh-profit.ts";

export const profitJobs: JobWork[] = [
  jobWork(refreshProfitJob, async (input) => {
    await refreshProfit({ ...input, customers: "all" });
  }),
  jobWork(applyParametersJob, async (input) => {
    await applyParameters(input);
  }),
  jobWork(decideTierJob, async (input) => {
    await refreshTier(input, input.data.customerId);
  }),
];
