import { expect, test } from "vitest";
import { ProfitParameters } from "./contract.ts";
import {
  constantLifetimeValue,
  economicProfitOf,
  type HoldingMonth,
  holdingMonthProfit,
  lifetimeValue,
  profitOf,
  rfmScores,
  transferRate,
  whaleCurve,
} from "./index.ts";
import { roundMinor } from "./profit.ts";

const parameters = ProfitParameters.parse({
  currency: "EUR",
  exchangeRates: { EUR: 1, JPY: 0.006 },
  transferRates: {
    EUR: [
      { months: 1, rate: 0.02 },
      { months: 12, rate: 0.03 },
      { months: 60, rate: 0.04 },
    ],
    JPY: [{ months: 0, rate: 0.01 }],
  },
  terms: { current_account: 1, card: 1 },
  lendingMargins: { card: 0.12 },
  interchangeRate: 0.005,
  exchangeMarginRate: 0.01,
  custodyRate: 0.006,
  commissionsMinor: { insurance: 400 },
  unitCostsMinor: { branch: 900, mobile: 5, other: 10 },
  keepingCostsMinor: { current_account: 150 },
  losses: { loan: { defaultProbability: 0.02, lossGivenDefault: 0.45 }, card: { defaultProbability: 0.03, lossGivenDefault: 0.8 } },
  arrearsProbability: 0.4,
  undrawnShare: 0.5,
  riskWeights: { loan: 0.5, card: 0.75 },
  hurdleRate: 0.1,
  capitalRatio: 0.12,
  acquisitionCostsMinor: { loan: 24_000 },
  acquisitionMonths: 24,
  discountRate: 0.1,
  horizonMonths: 36,
  tierRules: {
    tiers: [
      { name: "gold", valueMinor: 100, volumeMinor: 1000 },
      { name: "basic", valueMinor: 0, volumeMinor: 0 },
    ],
    ...{ tolerance: 0.1, fallAfter: 3, monthsMin: 6, reputationCap: "basic", appealMonths: 12 },
  },
});

const quiet: HoldingMonth = {
  ...{
    product: "current_account",
    currency: "EUR",
    assetMinor: 0n,
    depositMinor: 0n,
    customerRate: null,
    termMonths: null,
    undrawnMinor: 0n,
  },
  ...{ inArrears: false, feesMinor: 0n, cardSpendMinor: 0n, exchangeMinor: 0n, activities: {}, monthsOpen: null },
};
const nothing = {
  ...{ asset_margin: 0n, deposit_margin: 0n, fees: 0n, interchange: 0n, exchange_margin: 0n },
  ...{ activity_cost: 0n, expected_loss: 0n, acquisition_cost: 0n, capital_charge: 0n },
};

test("the transfer price lies on the line between two terms and is flat outside", () => {
  expect(transferRate(parameters, "EUR", 12)).toBe(0.03);
  expect(transferRate(parameters, "EUR", 36)).toBeCloseTo(0.035, 12);
  expect(transferRate(parameters, "EUR", 0)).toBe(0.02);
  expect(transferRate(parameters, "EUR", 360)).toBe(0.04);
  expect(() => transferRate(parameters, "USD", 1)).toThrow("no transfer rates of USD");
});

test("parameters that cannot be are refused: terms that do not rise, a currency without transfer rates, thresholds that do not fall", () => {
  const { transferRates, exchangeRates, tierRules } = parameters;
  for (const wrong of [
    { transferRates: { ...transferRates, EUR: transferRates["EUR"]?.toReversed() } },
    { exchangeRates: { ...exchangeRates, USD: 0.9 } },
    { exchangeRates: { ...exchangeRates, EUR: 2 } },
    { tierRules: { ...tierRules, tiers: tierRules.tiers.toReversed() } },
    { tierRules: { ...tierRules, reputationCap: "silver" } },
    { unitCostsMinor: { branch: 900 } },
  ])
    expect(ProfitParameters.safeParse({ ...parameters, ...wrong }).success, Object.keys(wrong)[0]).toBe(false);
});

// By hand: 120,000.00 lent at 5 % against 3.5 %; 0.02 * 0.45 of it and 0.5 * 0.12 * 0.1 of it, a twelfth each; 240.00 over 24 months.
test("a month of a loan and of an account is the formula, part by part", () => {
  const loan: HoldingMonth = { ...quiet, product: "loan", assetMinor: 12_000_000n, customerRate: 0.05, termMonths: 36, monthsOpen: 3 };
  const parts = holdingMonthProfit(loan, parameters);
  expect(parts).toEqual({ ...nothing, asset_margin: 15_000n, expected_loss: -9_000n, capital_charge: -6_000n, acquisition_cost: -1_000n });
  expect([profitOf(parts), economicProfitOf(parts)]).toEqual([5_000n, -1_000n]);
  const account: HoldingMonth = {
    ...quiet,
    ...{ depositMinor: 2_400_000n, customerRate: 0.01, feesMinor: 500n, cardSpendMinor: 24_000n, exchangeMinor: 3_000n },
    activities: { branch: 2, mobile: 40, telex: 1 },
  };
  // 24,000.00 at 2 % against 1 %; half a percent of 240.00; a percent of 30.00; 2 * 9.00 + 40 * 0.05 + 0.10 + 1.50 for keeping it.
  expect(holdingMonthProfit(account, parameters)).toEqual({
    ...nothing,
    ...{ deposit_margin: 2_000n, fees: 500n, interchange: 120n, exchange_margin: 30n, activity_cost: -2_160n },
  });
});

test("arrears, an undrawn limit, a rate that is not named, custody and another currency count as the parameters say", () => {
  const card: HoldingMonth = { ...quiet, product: "card", assetMinor: 120_000n, undrawnMinor: 240_000n };
  expect(holdingMonthProfit(card, parameters)).toMatchObject({ asset_margin: 1_200n, expected_loss: -480n, capital_charge: -180n });
  expect(holdingMonthProfit({ ...card, inArrears: true }, parameters).expected_loss).toBe(-6_400n);
  const fund: HoldingMonth = { ...quiet, product: "investment", depositMinor: 1_200_000n };
  expect(holdingMonthProfit(fund, parameters)).toEqual({ ...nothing, fees: 600n });
  // Yen have no minor digits: 1,200,000 yen are 7,200.00 euros, a twelfth of 1 % of them is 6.00, less 1.50 for keeping the account.
  const yen: HoldingMonth = { ...quiet, currency: "JPY", depositMinor: 1_200_000n };
  expect(holdingMonthProfit(yen, parameters)).toEqual({ ...nothing, deposit_margin: 600n, activity_cost: -150n });
  expect(() => holdingMonthProfit({ ...quiet, currency: "USD" }, parameters)).toThrow(RangeError);
  expect(holdingMonthProfit({ ...quiet, product: "loan", monthsOpen: 24 }, parameters).acquisition_cost).toBe(0n);
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
