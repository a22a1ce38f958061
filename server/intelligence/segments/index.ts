export { checkFilter, keysOf, permissionsOf, segmentsIn } from "./fields.ts";
export { bothOf, type Predicate, predicateOf, withinReach } from "./predicate-store.ts";
export { today } from "./preview-segment.ts";
export { asNumber } from "./read-segments.ts";
export { settleSegments } from "./settle-segments.ts";
