import { expect, test } from "vitest";
import { sumOf, waterfall } from "./amounts.ts";

const parts = {
  ...{ asset_margin: "500", deposit_margin: "300", fees: "200", interchange: "0", exchange_margin: "0" },
  ...{ activity_cost: "-400", expected_loss: "-900", acquisition_cost: "0", capital_charge: "-100" },
};

test("a waterfall falls from income through profit to economic profit, below zero too, and leaves out what is nothing", () => {
  const steps = waterfall(parts);
  expect(steps.map(({ name, minor, from, to }) => [name, minor, from, to])).toEqual([
    ["asset_margin", 500n, 0n, 500n],
    ["deposit_margin", 300n, 500n, 800n],
    ["fees", 200n, 800n, 1000n],
    ["income", 1000n, 0n, 1000n],
    ["activity_cost", -400n, 1000n, 600n],
    ["expected_loss", -900n, 600n, -300n],
    ["profit", -300n, 0n, -300n],
    ["capital_charge", -100n, -300n, -400n],
    ["economic", -400n, 0n, -400n],
  ]);
  expect([sumOf(parts, "profit"), sumOf(parts, "economic")]).toEqual([-300n, -400n]);
});
