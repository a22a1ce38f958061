import { expect, test } from "vitest";
import { layWaterfall } from "./waterfall-layout.ts";

const input = {
  priorBits: -10,
  joinBits: 3,
  doubtBits: -2,
  bits: 2,
  steps: [
    { column: "given", level: "exact", bits: 6, rarityBits: 3 },
    { column: "birth", level: "different", bits: -4, rarityBits: 0 },
    { column: "phone", level: "exact", bits: 7, rarityBits: 0 },
    { column: "sex", level: null, bits: 0, rarityBits: 0 },
  ],
};

test("every bar begins where the one before ended, and the last ends at the sum", () => {
  const { prior, rows, sum } = layWaterfall(input);
  expect(rows[0]?.bar?.from).toBe(prior.from);
  expect(rows[0]?.rarityBar?.from).toBe(rows[0]?.bar?.to);
  expect(rows[1]?.bar).toMatchObject({ to: rows[0]?.rarityBar?.to, gain: false });
  expect(rows[2]?.bar?.from).toBe(rows[1]?.bar?.from);
  expect(rows[2]?.bar?.to).toBe(sum.to);
  expect(rows.map((row) => row.sum)).toEqual([-1, -5, 2, 2]);
});

test("a field that says nothing has no bar, and the rare part is told apart only where there is one", () => {
  const { rows } = layWaterfall(input);
  expect(rows[3]?.bar).toBeNull();
  expect(rows.map((row) => row.rarityBar !== null)).toEqual([true, false, false, false]);
});

test("everything stands within the width, also when all speaks against", () => {
  const { rows, prior, join, doubt, zero } = layWaterfall({
    ...input,
    bits: -20,
    steps: [{ column: "birth", level: "different", bits: -10, rarityBits: 0 }],
  });
  const places = [...rows.flatMap(({ bar }) => (bar ? [bar.from, bar.to] : [])), prior.from, prior.to, join, doubt, zero];
  expect(Math.min(...places)).toBeGreaterThan(0);
  expect(Math.max(...places)).toBeLessThan(1);
});

test("a sum below what the steps add up to is shown as held back", () => {
  const { heldBack } = layWaterfall({ ...input, bits: -1 });
  expect(heldBack).toMatchObject({ bits: -3, bar: { gain: false } });
  expect(layWaterfall(input).heldBack).toBeNull();
});
