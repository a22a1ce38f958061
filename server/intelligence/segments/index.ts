export {
  type AskedSegment,
  askSegments,
  checkSegment,
  checkSegments,
  namesOfSegments,
  readSegmentNames,
  readSharedSegments,
  segmentsBehind,
} from "./ask-segments.ts";
export { checkFilter, columnsOf, keysOf, permissionsOf, segmentsIn } from "./fields.ts";
export { archiveSegment, changeSegment, createSegment, type SegmentWish } from "./keep-segments.ts";
export { membersAmong } from "./member-store.ts";
export { bothOf, type Predicate, predicateOf, withinReach } from "./predicate-store.ts";
export { today } from "./preview-segment.ts";
export { asNumber, listSegments } from "./read-segments.ts";
export { segmentChanged } from "./segment-changed.ts";
export { settleSegments } from "./settle-segments.ts";
