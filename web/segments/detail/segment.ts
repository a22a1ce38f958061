import type { readSegment } from "../../../server/intelligence/segments/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";

export type Segment = AnswerOf<typeof readSegment>;
