import type { SealedColumn } from "../../platform/encryption/index.ts";
import { type JobWork, jobWork } from "../../platform/jobs/index.ts";
import { carryOutRotation } from "./carry-out-rotation.ts";
import { rotationJob } from "./rotation-job.ts";

export const encryptionJobs = (columns: readonly SealedColumn[]): JobWork[] => [
  jobWork(rotationJob, ({ db, caller, clock, data, signal }) => carryOutRotation({ db, caller, clock, columns, signal }, data.rotationId)),
];
