export { errorForLog } from "./error-log.ts";
