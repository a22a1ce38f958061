import fc from "fast-check";
import { expect, test } from "vitest";
import { inLines, layOut } from "./graph-layout.ts";

const box = { width: 800, height: 400 };
const names = Array.from({ length: 40 }, (_, place) => `n${place}`);

test("everybody who is shown stands once, inside the box, the customer in the middle", () => {
  const edges = fc.array(fc.record({ from: fc.constantFrom(...names), to: fc.constantFrom(...names) }), { maxLength: 80 });
  fc.assert(
    fc.property(edges, (some) => {
      const placed = layOut(names, some, box);
      expect(placed[0]).toEqual({ id: "n0", x: 400, y: 200, ring: 0 });
      expect(new Set(placed.map(({ id }) => id)).size).toBe(placed.length);
      expect(placed.length).toBeLessThanOrEqual(29);
      for (const { x, y } of placed) expect(x > 0 && x < box.width && y > 0 && y < box.height).toBe(true);
    }),
  );
});

test("who is nobody's neighbour is not drawn, and an empty graph is empty", () => {
  expect(layOut(["a", "b", "c"], [{ from: "b", to: "a" }], box).map(({ id, ring }) => [id, ring])).toEqual([
    ["a", 0],
    ["b", 1],
  ]);
  expect(layOut([], [], box)).toEqual([]);
});

test("a name is broken between words and keeps all of them", () => {
  expect(inLines("Northgate Construction Ltd", 14)).toEqual(["Northgate", "Construction", "Ltd"]);
  expect(inLines("Northgate Construction Ltd", 20)).toEqual(["Northgate", "Construction Ltd"]);
  expect(inLines("李福生", 14)).toEqual(["李福生"]);
  expect(inLines("one two three four five", 4)).toEqual(["one", "two", "three…"]);
});
