import { z } from "zod";
import { defineJob } from "../../../platform/jobs/index.ts";

/** One training; a second of the same model is not kept. */
export const trainingJob = defineJob("train_model", z.object({ trainingId: z.uuid() }), {
  atMostOne: "either",
  retryLimit: 7,
  retryDelaySeconds: 15,
  expireSeconds: 4 * 3600,
});
