export { errorForLog } from "./error-for-log.ts";
export { createLogger } from "./logger.ts";
export { createMetrics, observeDatabase } from "./metrics.ts";
