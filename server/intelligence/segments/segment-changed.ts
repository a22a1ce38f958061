import { defineTopic } from "../../platform/events/index.ts";
import { SegmentChanged } from "./contract.ts";

export const segmentChanged = defineTopic("segment_changed", SegmentChanged);
