import { z } from "zod";
import { defineJob } from "../../../platform/jobs/index.ts";

/** Everybody scored anew by one model, after another version took its place. */
export const scoringJob = defineJob("score_customers", z.object({ modelId: z.string() }), {
  atMostOne: "waiting",
  retryLimit: 5,
  expireSeconds: 4 * 3600,
});
