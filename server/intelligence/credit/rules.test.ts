import { describe, expect, test } from "vitest";
import { fitByTime, ReadyModel } from "../scores/index.ts";
import { type CreditHistory, characteristicsOf, endOfMonth, firstArrears, monthOfDay } from "./behaviour.ts";
import { connectedGroups } from "./connected.ts";
import { CreditScorer } from "./credit-model.ts";
import { gainOf, positionsOf, type Shock } from "./market/rules.ts";
import type { CreditPolicy } from "./policy/contract.ts";
import { creditPlan, creditSet } from "./rating/credit-plan.ts";
import { rateCustomer } from "./rating/rate-customer.ts";
import type { Snapshot } from "./rating/snapshots.ts";
import * as rules from "./rules.ts";

const policy: CreditPolicy = {
  lossGivenDefault: { loan: 0.45, mortgage: 0.2, credit_line: 0.45, card: 0.75, overdraft: 0.65 },
  lossFloor: 0.1,
  collateralHaircut: 0.3,
  conversion: { loan: 0, mortgage: 0, credit_line: 0.5, card: 0.4, overdraft: 0 },
  defaultDays: 90,
  bands: [
    { code: "1", upTo: 0.01 },
    { code: "2", upTo: 0.1 },
    { code: "3", upTo: 0.99 },
    { code: "D", upTo: 1 },
  ],
  arrears: [
    { days: 0, probability: 0.02 },
    { days: 30, probability: 0.1 },
    { days: 90, probability: 0.5 },
  ],
  learning: { eventDays: 60, horizonMonths: 6, eventsMin: 30 },
  suggestion: { approveUpTo: 0.03, declineFrom: 0.15, debtServiceMax: 0.45 },
  limits: { person: 1000, organisation: 1000, group: 2000 },
  watch: { arrearsDays: 30, bandFrom: "3", notches: 2, utilisation: 0.95, salaryStopped: true, reviewDays: 30, quietDays: 90 },
  market: {
    rateShocks: [100],
    currencyShocks: [-0.1],
    depositMonths: { current_account: 1, savings_account: 3 },
    revolvingMonths: 1,
    scenarios: [],
  },
};

const firstMonth = 2026 * 12;
const day = (month: number, of = 5) => endOfMonth(firstMonth + month - 1) + of;
const income = (months: readonly number[], minor = 200_000) =>
  months.map((month) => ({
    month: firstMonth + month,
    inMinor: minor,
    incomeMinor: minor,
    outMinor: minor * 0.9,
    cashMinor: minor * 0.1,
    lowestMinor: minor * 0.2,
    meanMinor: minor * 0.6,
  }));
const loan = (paidMonths: readonly number[]) => ({
  openedDay: day(0, 1),
  repaidDay: null,
  principalMinor: 1_000_000,
  instalmentMinor: 50_000,
  payments: paidMonths.map((month, place) => ({ day: day(month), owedAfterMinor: 1_000_000 - (place + 1) * 40_000 })),
});

describe("what would be lost", () => {
  test("expected loss of a card by hand: 2,000 drawn of 5,000, chance 4 %", () => {
    const exposure = rules.exposureAtDefault(policy, "card", 200_000, 500_000);
    expect(exposure).toBe(200_000 + 0.4 * 300_000);
    expect(rules.expectedLoss(0.04, rules.lossGivenDefault(policy, "card", exposure), exposure)).toBeCloseTo(0.04 * 0.75 * 320_000, 6);
  });

  test("collateral covers after its haircut, never below the floor, and never makes it worse", () => {
    expect(rules.lossGivenDefault(policy, "loan", 100_000, 100_000)).toBeCloseTo(0.3, 9);
    expect(rules.lossGivenDefault(policy, "loan", 100_000, 1_000_000)).toBe(0.1);
    expect(rules.lossGivenDefault(policy, "loan", 100_000, 10_000)).toBe(0.45);
  });

  test("the level payment of 12,000 over a year at 12 % is 1,066.19; without interest a twelfth", () => {
    expect(rules.instalmentOf(1_200_000, 0.12, 12)).toBeCloseTo(106_618.55, 1);
    expect(rules.instalmentOf(1_200_000, 0, 12)).toBe(100_000);
  });

  test("a chance within six months becomes one within twelve", () => {
    expect(rules.withinAYear(0.1, 6)).toBeCloseTo(0.19, 9);
  });

  test("only who is in default is in the last band, however high the chance", () => {
    expect([0.01, 0.011, 0.999, 1].map((chance) => rules.bandOf(policy, chance))).toEqual(["1", "2", "3", "3"]);
    expect(rules.bandOf(policy, 0.5, true)).toBe("D");
    expect(rules.notchesWorse(policy, "1", "3")).toBe(2);
  });

  test("an application is approved only without any doubt; arrears are declined", () => {
    const good = { probability: 0.01, debtService: 0.2, daysPastDue: 0, overLimit: false, hasHistory: true };
    expect(rules.suggestionOf(policy, good)).toEqual({ suggestion: "approve", because: [] });
    expect(rules.suggestionOf(policy, { ...good, overLimit: true })).toEqual({ suggestion: "refer", because: ["limit"] });
    expect(rules.suggestionOf(policy, { ...good, debtService: null }).because).toEqual(["no_history"]);
    expect(rules.suggestionOf(policy, { ...good, daysPastDue: 40 }).suggestion).toBe("decline");
  });
});

describe("what is known of a customer", () => {
  const history: CreditHistory = {
    sinceDay: day(-24),
    months: income([0, 1, 2, 3, 4, 5, 6, 7, 8]),
    plans: [loan([1, 2, 3, 4])],
    lines: [{ openedDay: day(0), limitMinor: 100_000, drawn: [{ month: firstMonth + 2, drawnMinor: 50_000 }] }],
  };

  test("days past due count from the month after the last payment; a few days do not count", () => {
    const days = (of: number) => characteristicsOf(history, of).daysPastDue;
    expect(days(day(5, 7))).toBe(0);
    expect(days(endOfMonth(firstMonth + 6))).toBe(endOfMonth(firstMonth + 6) - day(4) - 31);
    expect(characteristicsOf(history, endOfMonth(firstMonth + 6)).missedPayments).toBe(2);
  });

  test("nothing after the day plays a part", () => {
    const asOf = endOfMonth(firstMonth + 5);
    const later: CreditHistory = {
      ...history,
      months: [...history.months.filter(({ month }) => month <= monthOfDay(asOf)), ...income([6, 7, 8], 1)],
      plans: [loan([1, 2, 3, 4, 6, 7, 8])],
      lines: [
        {
          ...history.lines[0],
          openedDay: day(0),
          limitMinor: 100_000,
          drawn: [
            { month: firstMonth + 2, drawnMinor: 50_000 },
            { month: firstMonth + 7, drawnMinor: 99_000 },
          ],
        },
      ],
    };
    expect(characteristicsOf(later, asOf)).toEqual(characteristicsOf(history, asOf));
  });

  test("trouble is foreseen from the day it begins, and not where a payment comes in time or the loan is repaid", () => {
    const from = endOfMonth(firstMonth + 4);
    expect(firstArrears([loan([1, 2, 3, 4])], 60, from, from + 180)).toBe(day(4) + 91);
    expect(firstArrears([loan([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])], 60, from, from + 180)).toBeNull();
    expect(firstArrears([{ ...loan([1, 2, 3, 4]), repaidDay: day(4) }], 60, from, from + 180)).toBeNull();
    expect(firstArrears([{ ...loan([]), payments: null }], 60, from, from + 180)).toBeNull();
  });

  test("who objects to profiling is judged by days past due alone, without points", () => {
    const debts = [
      {
        holdingId: "h",
        kind: "loan" as const,
        productName: null,
        currency: "EUR",
        drawnMinor: 100_000,
        limitMinor: 100_000,
        status: "in_arrears" as const,
      },
    ];
    const { scorer } = trained();
    const asOfDay = endOfMonth(firstMonth + 4);
    const judged = rateCustomer(policy, scorer, { history, debts, asOfDay, mayProfile: false });
    expect([judged.basis, judged.points, judged.parts, judged.probability]).toEqual(["arrears", null, [], 0.1]);
    expect(rateCustomer(policy, scorer, { history, debts, asOfDay, mayProfile: true }).basis).toBe("scorecard");
    const failed = rateCustomer(policy, scorer, {
      history,
      debts: [{ ...debts[0], status: "defaulted" }] as never,
      asOfDay,
      mayProfile: true,
    });
    expect([failed.basis, failed.probability, failed.band]).toEqual(["default", 1, "D"]);
    expect(failed.exposures[0]?.expectedLossMinor).toBeCloseTo(0.45 * 100_000, 6);
  });
});

/** Customers whose missed payments foretell trouble, over months enough to judge by time. */
function snapshots(): Snapshot[] {
  return Array.from({ length: 1200 }, (_, row) => {
    const missed = row % 3;
    const months = income([0, 1, 2, 3, 4, 5]);
    const values = {
      ...characteristicsOf({ sinceDay: null, months, plans: [], lines: [] }, endOfMonth(firstMonth + 5)),
      missedPayments: missed,
    };
    return {
      customerId: `customer ${row % 100}`,
      month: firstMonth + (row % 14),
      values: { ...values, liquidity: (row * 7) % 11 },
      event: (row * 31) % 97 < missed * 20 + 3,
      baseline: 0.01,
    };
  });
}

function trained() {
  const fitted = fitByTime(creditSet(snapshots(), 6), creditPlan.learnerOf("scorecard"));
  const report = { ...fitted.report, extra: {} };
  const champion = { version: 1, ready: new ReadyModel(fitted.model, fitted.calibration), report };
  return { fitted, scorer: new CreditScorer({ champion, challenger: null }) };
}

describe("the model", () => {
  test("points add up, chances rise as points fall, and the same rows give the same bytes", () => {
    const { scorer, fitted } = trained();
    expect(JSON.stringify(trained().fitted.model)).toBe(JSON.stringify(fitted.model));
    const base = snapshots()[0]?.values as Snapshot["values"];
    const scored = [0, 1, 2].map((missedPayments) => scorer.score({ ...base, missedPayments }));
    for (const { points, parts } of scored) expect(parts.reduce((sum, part) => sum + part.points, 0)).toBeCloseTo(points, 9);
    expect(scored[0]?.probability).toBeLessThan(scored[1]?.probability ?? 0);
    expect(scored[1]?.probability).toBeLessThan(scored[2]?.probability ?? 0);
    expect(fitted.report.measures.auc).toBeGreaterThan(0.65);
    expect(scored[2]?.challengerProbability).toBeNull();
  });
});

describe("connected customers", () => {
  test("whoever is reached in any number of steps is one group, named the same in any order", () => {
    const pairs = [
      { a: "c", b: "b" },
      { a: "a", b: "b" },
      { a: "x", b: "y" },
      { a: "z", b: "z" },
    ];
    const groups = connectedGroups(pairs);
    expect(Object.fromEntries(groups)).toEqual({ a: "a", b: "a", c: "a", x: "x", y: "x" });
    expect(new Map([...connectedGroups(pairs.toReversed())].sort())).toEqual(new Map([...groups].sort()));
  });
});

describe("market risk", () => {
  const up: Shock = { code: "rate100", kind: "rate", name: null, rate: 0.01, currencies: {} };
  test("a two-year deposit at 3 % loses by duration and regains by convexity", () => {
    const [position] = positionsOf(
      policy,
      [{ kind: "term_deposit", currency: "EUR", valueMinor: 1_000_000, yearlyRate: 0.03, monthsLeft: 24 }],
      "EUR",
    );
    const exact = 1_000_000 * ((1.03 / 1.04) ** 2 - 1);
    expect(position && gainOf(position, up)).toBeCloseTo(exact, -2);
  });

  test("what one owes at a fixed rate gains when rates rise; money one earns does not move with currencies", () => {
    const positions = positionsOf(
      policy,
      [
        { kind: "mortgage", currency: "EUR", valueMinor: -10_000_000, yearlyRate: 0.03, monthsLeft: 240 },
        { kind: "current_account", currency: "USD", valueMinor: 500_000, yearlyRate: null, monthsLeft: null },
      ],
      "EUR",
    );
    const fall: Shock = { code: "currency-10", kind: "currency", name: null, rate: 0, currencies: { "*": -0.1 } };
    expect(positions.map((position) => Math.round(gainOf(position, fall)))).toEqual([0, -50_000]);
    expect(gainOf(positions[0] as (typeof positions)[number], up)).toBeGreaterThan(500_000);
  });
});
