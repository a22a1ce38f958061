import { describe, expect, test } from "vitest";
import type { Bank, Decision, Draws, OfferAction, OfferPolicy, Standing } from "./action.ts";
import type { Gate } from "./contract.ts";
import { nextBirthday } from "./day.ts";
import { decideCustomer } from "./decide-customer.ts";
import { drawsOf } from "./draw.ts";
import { channelGate, restedChannels, spared } from "./gates.ts";
import { asItHolds, exposureOf, newcombe, sizesChance, wilson } from "./rules.ts";
import { spread } from "./spread.ts";

const TODAY = "2026-03-15";

const policy: OfferPolicy = {
  ...{
    version: 1,
    holdOutShare: 0.05,
    randomShare: 0.03,
    explorationShare: 0.05,
    refusedMax: 2,
    refusedDays: 90,
    pauseDays: 180,
    laterDays: 14,
  },
  ...{ contactsDay: 2, contactsWeek: 2, contactsMonth: 4, phoneWeek: 2, emailWeek: 1, productShareMax: 0.5, exposureMin: 0.8 },
};

const action = (actionId: string, more: Partial<OfferAction> = {}): OfferAction => ({
  ...{ actionId, kind: "sale", signal: "room", product: "loan", purpose: "marketing", usesProfile: true, place: 1, baseRate: 0.1 },
  ...{ gainMinor: 10_000, gainShare: 0, costMinor: 500, lossMinor: 100_000, defaultMax: 0.05, ageMin: 18, ageMax: 70 },
  ...{ customerKinds: ["person", "organisation"], countries: null, lever: 1, active: true, segmentId: null, version: 1, ...more },
});
const loan = action("offer_loan");
const deposit = action("offer_term_deposit", { product: "term_deposit", lossMinor: 0, defaultMax: null, place: 2, gainMinor: 9_000 });
const savings = action("offer_savings_account", { product: "savings_account", lossMinor: 0, defaultMax: null, place: 3, gainMinor: 8_000 });
const arrears = action("settle_arrears", {
  ...{
    kind: "duty",
    signal: "arrears",
    product: null,
    purpose: "service",
    usesProfile: false,
    place: 0,
    gainShare: 0.5,
    lossMinor: 0,
    defaultMax: null,
  },
});
const birthday = action("greet_birthday", {
  ...{ kind: "care", signal: "birthday", product: null, purpose: "service", usesProfile: false, place: 9, lossMinor: 0, defaultMax: null },
});
const actions = [arrears, loan, deposit, savings, birthday];

const standing = (more: Partial<Standing> = {}): Standing => ({
  ...{ customerId: "c", kind: "person", bornOn: "1980-07-01", isDeceased: false, country: "ES", segment: "mass", mayProfile: true },
  ...{
    marketingBy: ["phone"],
    marketingRefused: [],
    held: new Map([["current_account", 1]]),
    chances: new Map([["loan", 0.2]]),
    churn: null,
    isLeaving: false,
  },
  ...{ defaultShare: 0.01, expectedLossMinor: 0, inArrears: false, isWatched: false, fraud: { alerts: 0, amountMinor: 0 } },
  ...{ maturing: null, inflow: null, outflow: null, salaryMinor: 300_000, salaryMissed: false, lastInitiatedOn: "2026-03-01" },
  ...{ assetsMinor: 2_000_000, debtsMinor: 0, liquidMinor: 1_500_000, outMonthMinor: 200_000, inMonthMinor: 300_000, instalmentsMinor: 0 },
  ...{ profitMinor: 10_000, segmentIds: new Set(), answers: [], ...more },
});

const bank = (more: Partial<Bank> = {}): Bank => ({
  actions,
  policy,
  segmentIds: new Set(),
  answered: new Map(),
  gains: new Map(),
  averageDefault: 0.01,
  ...more,
});
const plain: Draws = { arm: 0.9, explore: 0.9, pick: () => 0 };
const decide = (of: Partial<Standing> = {}, more: Partial<Bank> = {}, draws: Draws = plain) =>
  decideCustomer(standing(of), bank(more), draws, TODAY);
const open = ({ candidates }: Pick<Decision, "candidates">) =>
  candidates.filter(({ gate }) => gate === null).map(({ actionId }) => actionId);
const whyNot = ({ candidates }: Pick<Decision, "candidates">, actionId: string) =>
  candidates.find((one) => one.actionId === actionId)?.gate;

describe("every gate removes, and says that it did", () => {
  const declined = (on: string) => ({ actionId: "offer_loan", answer: "declined" as const, channel: null, on });
  const cases: [Gate, Partial<Standing>, Partial<OfferAction>?][] = [
    ["switched_off", {}, { active: false }],
    ["deceased", { isDeceased: true }],
    ["gone", { held: new Map([["current_account", 0]]) }],
    ["held", { held: new Map([["loan", 1]]) }],
    ["not_for_kind", { kind: "organisation" }, { customerKinds: ["person"] }],
    ["too_young", { bornOn: "2008-03-16" }],
    ["too_old", { bornOn: "1955-03-15" }],
    ["residence", { country: "FR" }, { countries: ["ES"] }],
    ["profiling_refused", { mayProfile: false }],
    ["objected", { marketingBy: [], marketingRefused: ["no_consent", "objected"] }],
    ["no_consent", { marketingBy: [], marketingRefused: ["no_consent"] }],
    ["not_contactable", { marketingBy: [], marketingRefused: ["restricted"] }],
    ["fraud_alert", { fraud: { alerts: 1, amountMinor: 5_000 } }],
    ["in_difficulty", { inArrears: true }],
    ["in_difficulty", { isWatched: true }],
    ["credit_policy", { defaultShare: 0.051 }],
    ["unaffordable", { instalmentsMinor: 121_000 }],
    ["unaffordable", { salaryMinor: 0, inMonthMinor: 0 }],
    ["refused_twice", { answers: [declined("2025-12-01"), declined("2026-01-10")] }],
    ["refused_lately", { answers: [declined("2026-03-10")] }],
    ["put_off", { answers: [{ actionId: "offer_loan", answer: "later", channel: null, on: "2026-03-10" }] }],
    ["agreed_already", { answers: [{ actionId: "offer_loan", answer: "agreed", channel: null, on: "2026-03-01" }] }],
    [
      "contact_cap",
      { answers: ["2026-03-10", "2026-03-12"].map((on) => ({ actionId: "other", answer: "agreed" as const, channel: null, on })) },
    ],
    ["contact_cap", { marketingBy: ["email"], answers: [{ actionId: "other", answer: "agreed", channel: "email", on: "2026-03-12" }] }],
    ["not_worth_it", {}, { costMinor: 10_001 }],
  ];
  test.each(cases)("%s", (gate, of, changed = {}) => {
    const decision = decide(of, { actions: [{ ...loan, ...changed }] });
    expect(open(decision)).toEqual([]);
    expect(whyNot(decision, "offer_loan")).toBe(gate);
    expect(open(decide({}, { actions: [loan] }))).toEqual(["offer_loan"]);
  });

  test("money is not tied where less than three months of spending would stay; a single refusal and a pause end on their day", () => {
    expect(whyNot(decide({ liquidMinor: 599_999 }), "offer_term_deposit")).toBe("no_cushion");
    const twice = decide({ answers: [declined("2025-12-01"), declined("2026-01-10")] });
    expect(twice.candidates.find(({ actionId }) => actionId === "offer_loan")?.until).toBe("2026-07-09");
    expect(
      open(decideCustomer(standing({ answers: [declined("2025-12-01"), declined("2026-01-10")] }), bank(), plain, "2026-07-09")),
    ).toContain("offer_loan");
  });
});

describe("caps of a day and of a channel", () => {
  const said = (channel: "phone" | "email" | "in_person", on: string) => ({ actionId: "other", answer: "later" as const, channel, on });
  const rules = bank().policy;

  test("one conversation a day, where the bank says so, frees the next day", () => {
    const policy = { ...rules, contactsDay: 1 };
    const answers = [said("in_person", "2026-03-15")];
    expect(spared({ actionId: "offer_loan", kind: "sale" }, answers, policy, "2026-03-15")).toEqual({
      gate: "contact_cap",
      until: "2026-03-16",
    });
    expect(spared({ actionId: "offer_loan", kind: "sale" }, answers, policy, "2026-03-16")).toBeNull();
  });

  test("a channel rests for seven days after its last use, meetings do not; all resting closes the gate until the first is free", () => {
    const answers = [
      said("email", "2026-03-12"),
      said("phone", "2026-03-10"),
      said("phone", "2026-03-11"),
      said("in_person", "2026-03-11"),
    ];
    const rested = (today: string) => restedChannels(["in_person", "phone", "email"], answers, rules, today);
    expect(rested("2026-03-15")).toEqual(["in_person"]);
    expect(rested("2026-03-17")).toEqual(["in_person", "phone"]);
    expect(rested("2026-03-19")).toEqual(["in_person", "phone", "email"]);
    expect(channelGate(["phone", "email"], answers, rules, "2026-03-15")).toEqual({ gate: "contact_cap", until: "2026-03-17" });
    expect(channelGate(["in_person"], answers, rules, "2026-03-15")).toBeNull();
  });
});

test("a group is uneven when it is far below the highest and that is not chance", () => {
  const rows = (small: number) => [
    { trait: "sex", group: "female", customers: 1_000, proposed: 400 },
    { trait: "sex", group: "male", customers: 1_000, proposed: 300 },
    { trait: "age", group: "to_29", customers: 100, proposed: 40 },
    { trait: "age", group: "from_75", customers: small, proposed: Math.round(small * 0.3) },
  ];
  const uneven = (small: number, least = 0.8) =>
    exposureOf(rows(small), least)
      .filter(({ isUneven }) => isUneven)
      .map(({ group }) => group);
  expect(uneven(20)).toEqual(["male"]);
  expect(uneven(2_000)).toEqual(["male", "from_75"]);
  expect(uneven(2_000, 0.7)).toEqual([]);
  expect(exposureOf([], 0.8)).toEqual([]);
});

describe("the order", () => {
  test("is by propensity, context, gain less cost and loss, and lever; a lever counts no more than twice and no less than half", () => {
    const score = (lever: number, of: Partial<Standing> = {}) =>
      decide(of, { actions: [{ ...loan, lever }] }).candidates[0]?.factors?.score;
    expect(score(1)).toBe(1_900);
    expect(score(2)).toBe(3_800);
    expect(score(900)).toBe(3_800);
    expect(score(0)).toBe(950);
    // 100,000 lost in three of a hundred cases more than usual
    expect(score(1, { defaultShare: 0.04 })).toBe(1_300);
  });

  test("a duty comes before everything; who is in difficulty is sold nothing", () => {
    const decision = decide({ inArrears: true, expectedLossMinor: 100, bornOn: "1980-03-15" });
    expect(open(decision)).toEqual(["settle_arrears", "greet_birthday"]);
    expect(whyNot(decision, "offer_savings_account")).toBe("in_difficulty");
  });

  test("answers move the chance of what no model knows, drawn towards the base rate", () => {
    const chance = (agreed: number, all: number) =>
      decide({ bornOn: "1980-03-15" }, { answered: new Map([["greet_birthday", { agreed, all }]]) }).candidates.find(
        ({ actionId }) => actionId === "greet_birthday",
      )?.factors;
    expect(chance(0, 0)?.propensity).toBeCloseTo(0.1);
    expect(chance(50, 50)).toMatchObject({ propensity: 0.55, source: "answers" });
  });

  test("is the same for the same day and seed, another day draws anew, and the arm stays", () => {
    const [one, again, later] = [drawsOf("salt", "c", TODAY), drawsOf("salt", "c", TODAY), drawsOf("salt", "c", "2026-03-16")];
    expect(decide({}, {}, one)).toEqual(decide({}, {}, again));
    expect(later.arm).toBe(one.arm);
    expect(later.explore).not.toBe(one.explore);
    const shares = Array.from({ length: 4000 }, (_, customer) => drawsOf("salt", String(customer), TODAY).arm);
    expect(shares.filter((share) => share < 0.05).length / 4000).toBeCloseTo(0.05, 1);
  });
});

describe("the standing experiments", () => {
  test("who is held out is proposed nothing but duties, whatever else is called for", () => {
    const decision = decide({ inArrears: true, expectedLossMinor: 100, bornOn: "1980-03-15" }, {}, { ...plain, arm: 0.049 });
    expect(decision.arm).toBe("hold_out");
    expect(open(decision)).toEqual(["settle_arrears"]);
    expect(open(decide({ bornOn: "1980-03-15" }, {}, { ...plain, arm: 0.049 }))).toEqual([]);
    expect(whyNot(decide({}, {}, { ...plain, arm: 0.049 }), "offer_loan")).toBe("held_out");
  });

  test("chances of what comes first are on record and add up to one", () => {
    const best = decide();
    expect(open(best)[0]).toBe("offer_loan");
    expect(best.propensity).toBeCloseTo(0.95 + 0.05 / 3);
    const tried = decide({}, {}, { ...plain, explore: 0.01, pick: () => 0.99 });
    expect(tried).toMatchObject({ explored: true });
    expect(tried.propensity).toBeCloseTo(0.05 / 3);
    expect(open(tried)[0]).not.toBe("offer_loan");
    expect((best.propensity ?? 0) + 2 * (tried.propensity ?? 0)).toBeCloseTo(1);
    expect(decide({}, {}, { ...plain, arm: 0.06 })).toMatchObject({ arm: "random", propensity: 1 / 3 });
  });

  test("no product is proposed to more than its share: those who lose least get their second, and it says why", () => {
    const decisions = Array.from({ length: 100 }, (_, n) =>
      decide({ customerId: String(n), chances: new Map([["loan", 0.2 + n / 1000]]) }),
    );
    const result = spread(decisions, new Map(), 0.5);
    const first = result.map((decision) => open(decision)[0]);
    expect(first.filter((id) => id === "offer_loan")).toHaveLength(50);
    expect(first.slice(0, 50).every((id) => id !== "offer_loan")).toBe(true);
    expect(whyNot(result[0] as Decision, "offer_loan")).toBe("share_cap");
  });
});

test("what was said since the decision closes gates at once, and nothing removed comes back", () => {
  const { candidates } = decide({ bornOn: "1980-03-15" });
  const purposeOf = (id: string) => actions.find(({ actionId }) => actionId === id)?.purpose ?? null;
  const now = { rests: () => null, purposeOf, belongs: () => null, contact: null, hasOpenAlert: false };
  const shown = (more: Partial<typeof now> | object) => open({ candidates: asItHolds(candidates, { ...now, ...more }).open });
  expect(shown({})).toEqual(open({ candidates }));
  expect(shown({ contact: { gate: "objected", until: null } })).toEqual(["greet_birthday"]);
  expect(shown({ hasOpenAlert: true })).toEqual(["greet_birthday"]);
  expect(shown({ purposeOf: () => null })).toEqual([]);
  expect(shown({ belongs: (id: string) => (id === "offer_loan" ? { gate: "not_in_segment", until: null } : null) })).not.toContain(
    "offer_loan",
  );
});

test("intervals are those published: Newcombe 1998, table II, 56/70 against 48/80 and 9/10 against 3/10", () => {
  const range = (a: number, b: number, c: number, d: number) => {
    const { from, to } = newcombe({ hits: a, all: b }, { hits: c, all: d });
    return [from.toFixed(4), to.toFixed(4)];
  };
  expect(range(56, 70, 48, 80)).toEqual(["0.0524", "0.3339"]);
  expect(range(9, 10, 3, 10)).toEqual(["0.1705", "0.8090"]);
  expect(wilson(0, 10).from).toBe(0);
  expect(
    sizesChance([
      { customers: 50, share: 0.05 },
      { customers: 950, share: 0.95 },
    ]),
  ).toBeCloseTo(1);
  expect(
    sizesChance([
      { customers: 500, share: 0.45 },
      { customers: 500, share: 0.55 },
    ]),
  ).toBeCloseTo(0.0015, 4);
});

test("a birthday on 29 February is kept on 1 March", () => {
  expect(nextBirthday("1980-02-29", TODAY)).toBe("2027-03-01");
  expect(nextBirthday("1980-02-29", "2027-12-01")).toBe("2028-02-29");
  expect(nextBirthday("1980-03-15", TODAY)).toBe(TODAY);
});
