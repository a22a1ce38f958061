export { fieldsFor } from "./fields.ts";
export { segmentMembers } from "./segment-members.ts";
export { settleSegments } from "./settle-segments.ts";
