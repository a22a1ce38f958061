import { expect, test } from "vitest";
import type { Definition } from "../answers.ts";
import { splitSegment, withSegment } from "./segment-part.ts";

type Filter = Definition["filter"];
const gold = { field: "tier", op: "any_of" as const, values: ["gold"] };
const rich = { field: "assets_minor", op: "at_least" as const, values: ["5"] };
const member = (...values: string[]) => ({ field: "member", op: "any_of" as const, values });

test("a segment and conditions go into one filter and come out again as they were, whatever the conditions are joined by", () => {
  const rests: Filter[] = [
    { match: "all", of: [] },
    { match: "all", of: [gold, rich] },
    { match: "any", of: [gold, rich] },
    { match: "all", not: true, of: [gold] },
  ];
  for (const rest of rests) {
    expect(splitSegment(withSegment("s", rest))).toEqual({ segmentId: "s", rest });
    expect(withSegment("s", rest).match).toBe("all");
    expect(withSegment(null, rest)).toBe(rest);
  }
});

test("a filter that asks about segments in another way stays conditions", () => {
  const others: Filter[] = [
    { match: "any", of: [member("s"), gold] },
    { match: "all", not: true, of: [member("s")] },
    { match: "all", of: [member("s", "t"), gold] },
    { match: "all", of: [{ field: "member", op: "none_of", values: ["s"] }] },
  ];
  for (const filter of others) expect(splitSegment(filter)).toEqual({ segmentId: null, rest: filter });
});
