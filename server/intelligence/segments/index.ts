export { createSegment, type SegmentWish } from "./keep-segments.ts";
export { listSegments } from "./read-segments.ts";
export { settleSegments } from "./settle-segments.ts";
