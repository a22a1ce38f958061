import { z } from "zod";
import { defineJob } from "../../platform/jobs/index.ts";

export const rotationJob = defineJob("rotate_encryption_key", z.strictObject({ rotationId: z.uuid() }), {
  atMostOne: "either",
  retryLimit: 20,
  retryDelaySeconds: 15,
  expireSeconds: 12 * 3600,
});
