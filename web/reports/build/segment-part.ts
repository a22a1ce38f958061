import type { Definition } from "../answers.ts";

type Filter = Definition["filter"];

const everybody: Filter = { match: "all", of: [] };

/** A filter as one segment and the conditions beside it. A filter that asks about segments in another way is conditions alone. */
export function splitSegment(filter: Filter): { segmentId: string | null; rest: Filter } {
  if (filter.match !== "all" || filter.not === true) return { segmentId: null, rest: filter };
  const at = filter.of.findIndex((part) => "field" in part && part.field === "member" && part.op === "any_of" && part.values.length === 1);
  const found = filter.of[at];
  if (found === undefined || !("field" in found)) return { segmentId: null, rest: filter };
  const others = filter.of.filter((_, place) => place !== at);
  const [only] = others;
  const rest = others.length === 1 && only !== undefined && "of" in only ? only : { ...everybody, of: others };
  return { segmentId: found.values[0] ?? null, rest };
}

/** The other way round: all of the segment and the conditions. */
export function withSegment(segmentId: string | null, rest: Filter): Filter {
  if (segmentId === null) return rest;
  const member = { field: "member", op: "any_of" as const, values: [segmentId] };
  const isPlain = rest.match === "all" && rest.not !== true;
  return { match: "all", of: [member, ...(isPlain ? rest.of : rest.of.length === 0 ? [] : [rest])] } as Filter;
}
