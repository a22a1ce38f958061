import { expect, test } from "vitest";
import { decideTiers, rolling } from "./decide-tiers.ts";
import { differences, lastWholeMonth, monthAfter, monthsUntil, versionFor } from "./rules.ts";
import type { TierRow } from "./tier-store.ts";

test("months are counted over the years, and the last whole one is over by the clock and by the books", () => {
  expect([monthAfter("2026-01-31", -1), monthAfter("2025-12-05", 1), monthAfter("2026-02-01", -14)]).toEqual([
    "2025-12-01",
    "2026-01-01",
    "2024-12-01",
  ]);
  expect(monthsUntil("2026-02-01", 3)).toEqual(["2025-12-01", "2026-01-01", "2026-02-01"]);
  expect(lastWholeMonth("2026-03-15", "2026-02-28")).toBe("2026-02-01");
  expect(lastWholeMonth("2026-03-15", "2026-03-10")).toBe("2026-02-01");
  expect(lastWholeMonth("2026-03-15", "2025-06-30")).toBe("2025-06-01");
  expect(lastWholeMonth("2026-03-15", "2026-02-20")).toBe("2026-02-01");
  expect(lastWholeMonth("2026-03-15", null)).toBeNull();
});

test("the version with the latest day holds; of several with the same day the newest", () => {
  const of = (versionNo: number, validFrom: string) => ({ versionNo, validFrom });
  const approved = [of(1, "2020-01-01"), of(2, "2026-01-01"), of(3, "2025-06-01"), of(4, "2026-01-01")];
  expect(["2019-12-01", "2025-05-01", "2025-12-01", "2026-02-01"].map((month) => versionFor(month, approved)?.versionNo)).toEqual([
    undefined,
    1,
    3,
    4,
  ]);
});

test("differences name each figure by its path, points by their term", () => {
  const before = {
    costs: { branch: 4, atm: 1 },
    curve: [
      { months: 1, rate: 0.1 },
      { months: 12, rate: 0.2 },
    ],
    same: 1,
  };
  const after = {
    costs: { branch: 5 },
    curve: [
      { months: 1, rate: 0.1 },
      { months: 12, rate: 0.3 },
      { months: 24, rate: 0.4 },
    ],
    same: 1,
  };
  expect(differences(before, after)).toEqual([
    { path: "costs.branch", before: "4", after: "5" },
    { path: "costs.atm", before: "1", after: null },
    { path: "curve.12", before: "0.2", after: "0.3" },
    { path: "curve.24", before: null, after: "0.4" },
  ]);
  expect(differences(before, structuredClone(before))).toEqual([]);
});

const rules = {
  tiers: [
    { name: "gold", valueMinor: 1_200, volumeMinor: 1_000_000 },
    { name: "basic", valueMinor: 0, volumeMinor: 0 },
  ],
  ...{ tolerance: 0.1, fallAfter: 3, monthsMin: 0, reputationCap: "basic", appealMonths: 12 },
};
const versionOf = () => ({ versionNo: 1, rules });
const row = (profits: readonly number[], more: Partial<TierRow> = {}): TierRow => ({
  ...{ customerId: "c", inArrears: false, state: null, appeal: null },
  months: profits.map((profitMinor, at) => ({ month: monthAfter("2025-01-01", at), profitMinor, volumeMinor: 0 })),
  ...more,
});

test("a year rolls, and begins with the customer's first month", () => {
  const { months } = row(Array(14).fill(100));
  expect(rolling(months, ["2024-12-01", "2025-01-01", "2025-12-01", "2026-02-01"]).map(({ valueMinor }) => valueMinor)).toEqual([
    100, 1_200, 1_200,
  ]);
});

test("a customer does not flap: up at once, down only after month ends in a row below, and looking twice counts once", () => {
  const ends = monthsUntil("2026-05-01", 6);
  const year = Array<number>(12).fill(100);
  // Falls below gold's 90 % in January, recovers in February, then stays below.
  const { moves, state } = decideTiers(row([...year, -100, 300, -200, 0, 0]), ends, versionOf);
  expect(moves.map(({ move, toTier, onDay }) => [move, toTier, onDay])).toEqual([
    ["first", "gold", "2026-01-01"],
    ["fall", "basic", "2026-06-01"],
  ]);
  expect(state).toMatchObject({ tier: "basic", month: "2026-05-01" });
  const grace = decideTiers(row([...year, -100]), monthsUntil("2026-01-01", 2), versionOf).state;
  expect(grace).toMatchObject({ tier: "gold", belowCount: 1, reasons: [{ code: "grace" }] });
  const again = { ...row([...year, -100]), state: { tier: "gold", since: "2026-01-01", belowCount: 1, month: "2026-01-01" } };
  expect(decideTiers(again, monthsUntil("2026-01-01", 2), versionOf)).toEqual({ state: null, moves: [] });
});

test("more value, arrears and an appeal act within the month; arrears of today do not reach back", () => {
  const ends = monthsUntil("2026-01-01", 2);
  const state = { tier: "basic", since: "2025-01-01", belowCount: 0, month: "2026-01-01" };
  const profits = Array<number>(13).fill(100);
  expect(decideTiers(row(profits, { state }), ends, versionOf).moves).toMatchObject([{ move: "rise", toTier: "gold" }]);
  const gold = { ...state, tier: "gold" };
  expect(decideTiers(row(profits, { state: gold, inArrears: true }), ends, versionOf).moves).toMatchObject([
    { move: "fall", reasons: [{ code: "bad_reputation" }] },
  ]);
  expect(decideTiers(row(profits, { inArrears: true }), ends, versionOf).moves.map(({ toTier }) => toTier)).toEqual(["gold", "basic"]);
  const appeal = { tier: "gold", until: "2026-12-01", since: "2026-01-20" };
  expect(decideTiers(row([1], { state, appeal, months: row(profits.map(() => 1)).months }), ends, versionOf).moves).toMatchObject([
    { move: "rise", reasons: [{ code: "appeal" }] },
  ]);
});
