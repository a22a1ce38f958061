import { expect, test } from "vitest";
import { layRiver } from "./river-layout.ts";

const counts = {
  party: { read: 5000, created: 4000, updated: 500, linked: 300, unchanged: 190, quarantined: 10 },
  transaction: { read: 10_000_000, created: 9_999_999, updated: 0, linked: 0, unchanged: 0, quarantined: 1 },
  place: { read: 0, created: 0, updated: 0, linked: 0, unchanged: 0, quarantined: 0 },
};
const size = { width: 900, margins: { start: 150, end: 120 }, rtl: false };

test("every record that is read arrives somewhere", () => {
  const river = layRiver(counts, size);
  const arrived = river.outcomes.reduce((sum, node) => sum + node.count, 0);
  expect(arrived).toBe(10_005_000);
  expect(river.accepted?.count).toBe(10_004_989);
});

test("kinds without records and outcomes without records are not drawn", () => {
  const river = layRiver({ party: { ...counts.party, linked: 0, unchanged: 490 } }, size);
  expect(river.kinds.map((node) => node.id)).toEqual(["party"]);
  expect(river.outcomes.map((node) => node.id)).toEqual(["created", "updated", "unchanged", "quarantined"]);
});

test("a small kind and a single record stay visible beside millions", () => {
  const river = layRiver(counts, size);
  expect(river.kinds[0]?.height).toBeGreaterThan(3);
  expect(river.outcomes.at(-1)?.height).toBeGreaterThanOrEqual(2);
});

test("what leaves the accepted records is as wide as what enters them", () => {
  const { accepted, outcomes } = layRiver(counts, size);
  const out = outcomes.filter((node) => node.id !== "quarantined").reduce((sum, node) => sum + node.height, 0);
  expect(accepted?.height).toBeCloseTo(out);
});

test("names never share a line: nodes of a column keep their distance", () => {
  const middle = ({ y, height }: { y: number; height: number }) => y + height / 2;
  for (const nodes of [layRiver(counts, size).kinds, layRiver(counts, size).outcomes]) {
    for (const [index, node] of nodes.entries()) {
      const before = nodes[index - 1];
      if (before) expect(middle(node) - middle(before)).toBeGreaterThanOrEqual(44);
    }
  }
});

test("all of it stands inside the picture, its words beside it", () => {
  const { kinds, outcomes, accepted, height } = layRiver(counts, size);
  for (const node of [...kinds, ...outcomes, ...(accepted ? [accepted] : [])]) {
    expect(node.x).toBeGreaterThanOrEqual(150);
    expect(node.x + 6).toBeLessThanOrEqual(900 - 120);
    expect(node.y).toBeGreaterThanOrEqual(0);
    expect(node.y + node.height).toBeLessThanOrEqual(height);
  }
});

test("read from the right, the same river flows to the left", () => {
  const left = layRiver(counts, size);
  const right = layRiver(counts, { ...size, rtl: true });
  expect(right.kinds.map((node) => node.x)).toEqual(left.kinds.map((node) => 900 - node.x - 6));
  expect(right.outcomes[0]?.x).toBe(120);
  expect(right.height).toBe(left.height);
});

test("a load that read nothing has an empty river", () => {
  expect(layRiver({}, size)).toMatchObject({ kinds: [], outcomes: [], accepted: null, strands: [] });
});
