import { expect, test } from "vitest";
import { decideTier, type TierFacts, type TierPolicy, type TierState } from "./index.ts";

const policy: TierPolicy = {
  version: 2,
  tiers: [
    { name: "gold", valueMinor: 10_000, volumeMinor: 1_000_000 },
    { name: "silver", valueMinor: 5_000, volumeMinor: 300_000 },
    { name: "basic", valueMinor: 0, volumeMinor: 0 },
  ],
  tolerance: 0.1,
  fallAfter: 3,
  monthsMin: 6,
  reputationCap: "basic",
};
const facts = (valueMinor: number, rest: Partial<TierFacts> = {}): TierFacts => ({
  valueMinor,
  volumeMinor: 0,
  hasBadReputation: false,
  appeal: null,
  ...rest,
});
const gold: TierState = { tier: "gold", since: "2025-01-01", belowCount: 0 };

test("value or volume reaches a tier, and the decision says by which", () => {
  expect(decideTier(null, facts(12_000), policy, "2026-01-01")).toEqual({
    policyVersion: 2,
    tier: "gold",
    since: "2026-01-01",
    belowCount: 0,
    move: "first",
    reasons: [{ code: "value_reached", actualMinor: 12_000, neededMinor: 10_000 }],
  });
  expect(decideTier(null, facts(-5, { volumeMinor: 400_000 }), policy, "2026-01-01")).toMatchObject({
    tier: "silver",
    reasons: [{ code: "volume_reached" }],
  });
  expect(decideTier(null, facts(-5, { volumeMinor: -1 }), policy, "2026-01-01")).toMatchObject({
    tier: "basic",
    reasons: [{ code: "no_threshold_reached" }],
  });
});

test("who rises, rises at once; who stays keeps the day it began", () => {
  const silver = { tier: "silver", since: "2025-11-01", belowCount: 1 };
  expect(decideTier(silver, facts(10_000), policy, "2026-01-01")).toMatchObject({
    tier: "gold",
    since: "2026-01-01",
    move: "rise",
    belowCount: 0,
  });
  expect(decideTier(gold, facts(10_000), policy, "2026-01-01")).toMatchObject({ tier: "gold", since: "2025-01-01", move: "stay" });
});

test("a value around the threshold never flaps", () => {
  let state: TierState = gold;
  for (const [month, value] of [9_900, 10_100, 9_100, 9_000, 10_500, 9_001].entries()) {
    state = decideTier(state, facts(value), policy, `2026-0${month + 1}-01`);
    expect(state).toMatchObject({ tier: "gold", since: "2025-01-01" });
  }
});

test("a fall takes three evaluations in a row below the tolerance; one good month begins anew", () => {
  const course = (values: readonly number[]) => {
    let state: TierState = gold;
    const tiers: string[] = [];
    for (const [month, value] of values.entries()) {
      state = decideTier(state, facts(value), policy, `2026-0${month + 1}-01`);
      tiers.push(state.tier);
    }
    return tiers;
  };
  expect(course([6_000, 6_000, 6_000, 6_000])).toEqual(["gold", "gold", "silver", "silver"]);
  expect(course([6_000, 6_000, 9_500, 6_000, 6_000])).toEqual(["gold", "gold", "gold", "gold", "gold"]);
});

test("nobody falls in the first six months of a tier", () => {
  const young = { tier: "gold", since: "2025-12-15", belowCount: 5 };
  expect(decideTier(young, facts(0), policy, "2026-06-14")).toMatchObject({ tier: "gold", reasons: [{ code: "too_recent" }] });
  expect(decideTier(young, facts(0), policy, "2026-06-15")).toMatchObject({ tier: "basic", move: "fall" });
});

test("bad reputation acts at once; an appeal stands above it until its last day", () => {
  const bad = facts(12_000, { hasBadReputation: true });
  expect(decideTier(gold, bad, policy, "2026-01-01")).toMatchObject({ tier: "basic", move: "fall", reasons: [{ code: "bad_reputation" }] });
  const appealed = { ...bad, appeal: { tier: "silver", until: "2026-06-30" } };
  expect(decideTier(gold, appealed, policy, "2026-06-30")).toMatchObject({
    tier: "silver",
    reasons: [{ code: "appeal", until: "2026-06-30" }],
  });
  expect(decideTier(gold, appealed, policy, "2026-07-01")).toMatchObject({ tier: "basic" });
});

test("a tier the policy no longer has is decided anew; a policy without tiers is refused", () => {
  expect(decideTier({ ...gold, tier: "platinum" }, facts(6_000), policy, "2026-01-01")).toMatchObject({ tier: "silver" });
  expect(() => decideTier(null, facts(0), { ...policy, tiers: [] }, "2026-01-01")).toThrow(RangeError);
});
