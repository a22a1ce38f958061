import { z } from "zod";
import { defineJob } from "../../platform/jobs/index.ts";

export const retentionJob = defineJob("run_retention", z.object({}), { atMostOne: "either", expireSeconds: 6 * 3600, retryLimit: 2 });
