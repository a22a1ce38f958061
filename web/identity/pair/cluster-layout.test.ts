import { expect, test } from "vitest";
import { layCluster } from "./cluster-layout.ts";

const members = ["c1 p3", "c2 p1", "c1 p2", "c2 p4"].map((text) => {
  const [customerId = "", partyId = ""] = text.split(" ");
  return { customerId, partyId };
});

test("records of one customer stand side by side, the same way whatever order they came in", () => {
  const nodes = layCluster(members);
  expect(nodes.map(({ member }) => member.partyId)).toEqual(["p2", "p3", "p1", "p4"]);
  expect(layCluster(members.toReversed())).toEqual(nodes);
});

test("no two records stand in one place, and all stand inside", () => {
  const many = Array.from({ length: 60 }, (_, place) => ({ customerId: "c", partyId: `p${place}` }));
  const nodes = layCluster(many);
  expect(new Set(nodes.map(({ x, y }) => `${x.toFixed(4)} ${y.toFixed(4)}`)).size).toBe(60);
  expect(nodes.every(({ x, y }) => x > 0 && x < 1 && y > 0 && y < 1)).toBe(true);
});
