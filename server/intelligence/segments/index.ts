export { settleSegments } from "./settle-segments.ts";
