import { expect, test } from "vitest";
import { ProfitParameters } from "./contract.ts";
import { constantLifetimeValue, lifetimeValue, type MonthFacts, monthProfit, rfmScores, whaleCurve } from "./index.ts";
import { roundMinor } from "./profit.ts";
import { transferRate } from "./transfer-rate.ts";

const parameters = ProfitParameters.parse({
  version: 3,
  validFrom: "2026-01-01",
  currency: "EUR",
  transferRates: [
    { months: 1, rate: 0.02 },
    { months: 12, rate: 0.03 },
    { months: 60, rate: 0.04 },
  ],
  unitCostsMinor: { branch_visit: 900, digital: 5 },
  hurdleRate: 0.1,
  capitalRatio: 0.12,
  acquisitionMonths: 24,
  discountRate: 0.1,
  horizonMonths: 36,
});

const quiet: MonthFacts = {
  balances: [],
  feesMinor: 0n,
  interchangeMinor: 0n,
  exchangeMarginMinor: 0n,
  activities: {},
  exposures: [],
  acquisition: null,
};

test("the transfer price lies on the line between two terms and is flat outside", () => {
  expect(transferRate(parameters, 12)).toBe(0.03);
  expect(transferRate(parameters, 36)).toBeCloseTo(0.035, 12);
  expect(transferRate(parameters, 0)).toBe(0.02);
  expect(transferRate(parameters, 360)).toBe(0.04);
});

test("terms that do not rise are refused", () => {
  const turned = { ...parameters, transferRates: parameters.transferRates.toReversed() };
  expect(ProfitParameters.safeParse(turned).success).toBe(false);
});

// By hand: 120,000.00 at 5 % against 3.5 %; 24,000.00 at 1 % against 2 %; a hundredth of twelve payments lost or charged.
test("a month's profit is the formula, part by part", () => {
  const facts: MonthFacts = {
    balances: [
      { holding: "loan", side: "asset", averageMinor: 12_000_000n, customerRate: 0.05, termMonths: 36 },
      { holding: "current", side: "deposit", averageMinor: 2_400_000n, customerRate: 0.01, termMonths: 1 },
    ],
    feesMinor: 500n,
    interchangeMinor: 120n,
    exchangeMarginMinor: 30n,
    activities: { branch_visit: 2, digital: 40 },
    exposures: [{ holding: "loan", exposureMinor: 12_000_000n, defaultProbability: 0.02, lossGivenDefault: 0.45, riskWeight: 0.5 }],
    acquisition: { costMinor: 24_000n, monthsAgo: 3 },
  };
  const profit = monthProfit(facts, parameters);
  expect(Object.fromEntries(profit.parts.map(({ kind, subject, amountMinor }) => [`${kind} ${subject}`, amountMinor]))).toEqual({
    "asset_margin loan": 15_000n,
    "deposit_margin current": 2_000n,
    "fees null": 500n,
    "interchange null": 120n,
    "exchange_margin null": 30n,
    "activity_cost branch_visit": -1_800n,
    "activity_cost digital": -200n,
    "expected_loss loan": -9_000n,
    "capital_charge loan": -6_000n,
    "acquisition_cost null": -1_000n,
  });
  expect(profit.economicProfitMinor).toBe(-350n);
  expect(profit.profitMinor).toBe(5_650n);
  expect(profit.returnOnCapital).toBeCloseTo((5_650 * 12) / 720_000, 12);
  expect(profit.parametersVersion).toBe(3);
});

test("parts add up to the minor unit, and nothing happens without facts", () => {
  expect(monthProfit(quiet, parameters)).toMatchObject({ parts: [], profitMinor: 0n, economicProfitMinor: 0n, returnOnCapital: null });
  const odd = monthProfit(
    {
      ...quiet,
      balances: [1n, 7n, 1_333n].map((averageMinor) => ({ holding: "x", side: "deposit", averageMinor, customerRate: 0, termMonths: 7 })),
    },
    parameters,
  );
  expect(odd.parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(odd.economicProfitMinor);
});

test("an activity nobody priced is refused, not free; acquisition is written off at its end", () => {
  expect(() => monthProfit({ ...quiet, activities: { fax: 1 } }, parameters)).toThrow('no unit cost of "fax"');
  expect(monthProfit({ ...quiet, acquisition: { costMinor: 100n, monthsAgo: 24 } }, parameters).parts).toEqual([]);
});

test("halves are rounded to even", () => {
  expect([0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, -2.6].map(roundMinor)).toEqual([0n, 2n, 2n, 0n, -2n, 2n, -3n]);
});

test("a lifetime value with nothing changing is the closed form", () => {
  const months = 2_000;
  const { currentMinor, survival } = lifetimeValue({
    monthMarginsMinor: Array(months).fill(1_000),
    hazards: Array(months).fill(0.02),
    discountRate: 0.12,
    potentials: [],
  });
  expect(currentMinor).toBeCloseTo(constantLifetimeValue(1_000, 0.98, 0.12), 3);
  expect(constantLifetimeValue(1_000, 0.98, 0.12)).toBeCloseTo(980 / 0.03, 9);
  expect(survival[1]).toBeCloseTo(0.9604, 12);
});

test("potential is told apart and falls with the chance of being there", () => {
  const order = { monthMarginsMinor: [100, 100, 100], hazards: [0.5, 0, 0], discountRate: 0 };
  const potentials = [{ product: "card", probability: 0.2, marginMinor: 1_000, month: 2 }];
  expect(lifetimeValue({ ...order, potentials })).toMatchObject({ currentMinor: 150, potentialMinor: 100 });
  expect(() => lifetimeValue({ ...order, hazards: [1.5, 0, 0], potentials })).toThrow("between 0 and 1");
  expect(() => lifetimeValue({ ...order, hazards: [], potentials })).toThrow("each month");
  expect(() => constantLifetimeValue(1, 1, 0)).toThrow(RangeError);
});

test("the whale: five customers, one of whom eats a third of what the others bring", () => {
  const curve = whaleCurve([60n, -50n, 100n, 30n, 10n]);
  expect(curve).toMatchObject({ customers: 5, totalMinor: 150n, destroyers: { customers: 1, lossMinor: -50n } });
  expect(curve.topFifth).toBeCloseTo(100 / 150, 12);
  expect(curve.eightyPercentAt).toBeCloseTo(0.4, 12);
  expect(curve.peak).toEqual({ customers: 0.8, profit: 200 / 150 });
  expect(curve.points.at(-1)).toEqual({ customers: 1, profit: 1 });
  // Σ (2i − n − 1) x over -50 10 30 60 100 = 200 + -20 + 0 + 120 + 400 = 700
  expect(curve.gini).toBeCloseTo(700 / (5 * 150), 12);
});

test("all alike: no inequality; one brings all: nearly all of it; no profit: no shares", () => {
  expect(whaleCurve(Array(10).fill(5n))).toMatchObject({ gini: 0, eightyPercentAt: 0.8 });
  expect(whaleCurve([...Array(99).fill(0n), 7n]).gini).toBeCloseTo(0.99, 12);
  expect(whaleCurve([5n, -5n])).toMatchObject({ points: [], gini: null, peak: null, destroyers: { customers: 1 } });
  expect(whaleCurve([])).toMatchObject({ customers: 0, points: [], topFifth: null });
  expect(whaleCurve(Array.from({ length: 10_000 }, (_, at) => BigInt(at))).points).toHaveLength(201);
});

test("RFM: fifths within the segment, equal values alike, who never came is worst in recency", () => {
  const customers = Array.from({ length: 10 }, (_, at) => ({
    segment: "retail",
    recencyDays: at * 10,
    frequency: at < 5 ? 0 : at,
    marginMinor: 7,
  }));
  const scores = rfmScores([...customers, { segment: "private", recencyDays: null, frequency: 3, marginMinor: -9 }]);
  expect(scores.map(({ recency }) => recency)).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 1]);
  expect(scores.slice(0, 10).map(({ frequency }) => frequency)).toEqual([1, 1, 1, 1, 1, 3, 4, 4, 5, 5]);
  expect(new Set(scores.slice(0, 10).map(({ margin }) => margin))).toEqual(new Set([1]));
  expect(rfmScores([])).toEqual([]);
});
