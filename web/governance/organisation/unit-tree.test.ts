import { expect, test } from "vitest";
import { treeLines, type Unit, unitName } from "./unit-tree.ts";

const unit = (unitId: string, parentId: string | null, peopleCount: number): Unit => ({
  unitId,
  parentId,
  kind: parentId === null ? "bank" : "branch",
  code: unitId,
  name: unitId,
  names: { fa: `${unitId}-fa` },
  active: true,
  version: 1,
  peopleCount,
});

test("each unit stands above those below it, with the people of all of them", () => {
  const lines = treeLines([unit("s1", "south", 4), unit("bank", null, 1), unit("south", "bank", 2), unit("north", "bank", 8)]);
  expect(lines.map(({ unit: { unitId }, depth, people }) => [unitId, depth, people])).toEqual([
    ["bank", 0, 15],
    ["north", 1, 8],
    ["south", 1, 6],
    ["s1", 2, 4],
  ]);
});

test("a name falls back to the bank's own where a language has none", () => {
  expect([unitName(unit("u", null, 0), "fa"), unitName(unit("u", null, 0), "es")]).toEqual(["u-fa", "u"]);
});
