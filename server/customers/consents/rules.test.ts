import { expect, test } from "vitest";
import { faultOf, type Said } from "./rules.ts";

const now = new Date("2026-03-15T09:30:00Z");
const said: Said = { purpose: "marketing", channel: "email", act: "withdrawn", withBasis: false, withText: false, happenedAt: now };

test.each<[string, Partial<Said>, ReturnType<typeof faultOf>]>([
  ["a withdrawal needs no text", {}, null],
  ["a consent needs one", { act: "given" }, "text"],
  ["a consent to a text", { act: "given", withText: true }, null],
  ["nobody agrees to what the law orders", { purpose: "legal", act: "given", withText: true }, "act"],
  ["nor objects to it", { purpose: "service", act: "objected" }, "act"],
  ["the basis of service may be set for a record", { purpose: "service", channel: "any", act: "basis", withBasis: true }, null],
  ["profiling has no channel", { purpose: "profiling", act: "objected" }, "channel"],
  ["profiling is objected to as a whole", { purpose: "profiling", channel: "any", act: "objected" }, null],
  ["only a basis names a basis", { withBasis: true }, "lawfulBasis"],
  ["nobody withdraws tomorrow", { happenedAt: new Date("2026-03-16T09:30:00Z") }, "happenedAt"],
])("%s", (_, change, fault) => {
  expect(faultOf({ ...said, ...change }, now)).toBe(fault);
});
