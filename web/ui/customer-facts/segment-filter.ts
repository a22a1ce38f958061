import type { SegmentFilter } from "../../../server/intelligence/segments/contract.ts";
import { type FilterGroup, isGroup } from "../filter-builder/filter.ts";

/** What the filter of the screen says, as the server asks for it. */
export function toSegmentFilter({ match, not, of }: FilterGroup): SegmentFilter {
  return {
    match,
    ...(not === true ? { not: true } : {}),
    of: of.map((part) => (isGroup(part) ? toSegmentFilter(part) : { field: part.field, op: part.op as never, values: [...part.values] })),
  };
}
