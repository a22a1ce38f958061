export { checkFilter, columnsOf, keysOf, permissionsOf } from "./fields.ts";
export { createSegment, type SegmentWish } from "./keep-segments.ts";
export { bothOf, type Predicate, predicateOf, withinReach } from "./predicate-store.ts";
export { today } from "./preview-segment.ts";
export { asNumber, listSegments } from "./read-segments.ts";
export { settleSegments } from "./settle-segments.ts";
