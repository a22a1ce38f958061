export { defineJob, type Job, type JobInput, type JobWork, jobWork, type QueueRules } from "./job.ts";
export { type SendOptions, sendJob, sendWhereServed } from "./send-job.ts";
export { countJobs, type QueueCount } from "./store.ts";
export { startWorkers, type WorkerParts, type Workers } from "./workers.ts";
