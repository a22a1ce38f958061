import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import { bgNbdLogLikelihood } from "./bg-nbd.ts";
import {
  type BgNbd,
  bgNbdAlive,
  bgNbdExpected,
  cohortFault,
  discountedResidualLifetime,
  expectedValue,
  fitBgNbd,
  fitGammaGamma,
  fitParetoNbd,
  fitShiftedBetaGeometric,
  fittingFault,
  historyFault,
  type ParetoNbd,
  type PurchaseHistory,
  paretoNbdAlive,
  paretoNbdExpected,
  retentionRate,
  survival,
} from "./index.ts";
import { minimise } from "./nelder-mead.ts";
import { paretoNbdLogLikelihood } from "./pareto-nbd.ts";
import { hypergeometric, logGamma } from "./special-functions.ts";

vi.setConfig({ testTimeout: 60_000 });

const history = (repeats: number, lastAt: number, observed: number, meanValue = 0): PurchaseHistory => ({
  repeats,
  lastAt,
  observed,
  meanValue,
});
const bgNbd: BgNbd = { r: 0.2426, alpha: 4.4136, a: 0.7929, b: 2.4259 };
const paretoNbd: ParetoNbd = { r: 0.5534, alpha: 10.578, s: 0.6061, beta: 11.669 };

test("the gamma and hypergeometric functions hold what tables say", () => {
  expect(logGamma(1)).toBeCloseTo(0, 13);
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
  expect(logGamma(0.1)).toBeCloseTo(2.252712651734206, 12);
  expect(logGamma(171)).toBeCloseTo(706.5730622457874, 9);
  expect(hypergeometric(1, 1, 2, 0.5)).toBeCloseTo(2 * Math.log(2), 12);
  expect(hypergeometric(0.5, 0.5, 1.5, 0.25)).toBeCloseTo(Math.asin(0.5) / 0.5, 12);
  expect(hypergeometric(3, 2, 2.5, 0.9)).toBeCloseTo(hypergeometric(2, 3, 2.5, 0.9), 8);
});

test("the simplex finds Rosenbrock's valley and stands walls of what is no number", () => {
  const valley = ([x = 0, y = 0]: readonly number[]) => (x < -3 ? Number.NaN : (1 - x) ** 2 + 100 * (y - x * x) ** 2);
  const { point, value, isReached } = minimise(valley, [-2, 5]);
  expect(point[0]).toBeCloseTo(1, 5);
  expect(value).toBeLessThan(1e-9);
  expect(isReached).toBe(true);
});

// The worked example of Fader, Hardie, Lee (2005), page 281: x = 2, t = 30.43, T = 38.86, 39 weeks ahead.
test("BG/NBD: 1.226 purchases to expect of the worked example", () => {
  expect(bgNbdExpected(bgNbd, history(2, 30.43, 38.86), 39)).toBeCloseTo(1.226, 3);
  expect(bgNbdAlive(bgNbd, history(0, 0, 38.86))).toBe(1);
  expect(bgNbdAlive(bgNbd, history(20, 10, 38.86))).toBeLessThan(0.01);
});

test("BG/NBD: what is to be expected grows from nothing, also where the formula divides by nothing", () => {
  const model = { r: 0.5, alpha: 2, a: 1, b: 2 };
  expect(bgNbdExpected(model, history(3, 5, 10), 0)).toBeCloseTo(0, 9);
  expect(bgNbdExpected(model, history(3, 5, 10), 10)).toBeCloseTo(bgNbdExpected({ ...model, a: 1.0001 }, history(3, 5, 10), 10), 3);
});

// The same customer: P(alive) = Γ-free ratio of the two halves of the likelihood, computed here by brute force over the time of leaving.
test("Pareto/NBD: likelihood, chance to be alive and expectation equal a sum over the time of leaving", () => {
  const { r, alpha, s, beta } = paretoNbd;
  const [x, t, T] = [2, 30.43, 38.86];
  const alive = (alpha + T) ** -(r + x) * (beta + T) ** -s;
  let left = 0;
  const steps = 200_000;
  for (let at = 0; at < steps; at += 1) {
    const y = t + ((at + 0.5) * (T - t)) / steps;
    left += ((s * (T - t)) / steps) * (alpha + y) ** -(r + x) * (beta + y) ** -(s + 1);
  }
  const common = logGamma(r + x) - logGamma(r) + r * Math.log(alpha) + s * Math.log(beta);
  expect(paretoNbdLogLikelihood(paretoNbd, history(x, t, T))).toBeCloseTo(common + Math.log(alive + left), 9);
  expect(paretoNbdAlive(paretoNbd, history(x, t, T))).toBeCloseTo(alive / (alive + left), 9);
  expect(paretoNbdExpected(paretoNbd, history(x, t, T), 1e-6) * 1e6).toBeCloseTo(
    ((r + x) / (alpha + T)) * paretoNbdAlive(paretoNbd, history(x, t, T)),
    4,
  );
});

test("both models: likelihoods are numbers, chances lie between 0 and 1, longer silence means a smaller chance", () => {
  const histories = fc
    .tuple(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 1, max: 500, noNaN: true }))
    .map(([x, share, T]) => history(x, share * T, T));
  // biome-ignore lint/nursery/noFloatingPromises: a property that is not asynchronous answers at once
  fc.assert(
    fc.property(histories, fc.double({ min: 0.1, max: 100, noNaN: true }), (one, silence) => {
      const later = { ...one, observed: one.observed + silence };
      expect(bgNbdLogLikelihood(bgNbd, one)).toBeLessThan(Number.POSITIVE_INFINITY);
      expect(paretoNbdLogLikelihood(paretoNbd, one)).toBeLessThan(Number.POSITIVE_INFINITY);
      for (const chance of [
        bgNbdAlive(bgNbd, one) - bgNbdAlive(bgNbd, later),
        paretoNbdAlive(paretoNbd, one) - paretoNbdAlive(paretoNbd, later),
      ]) {
        expect(chance).toBeGreaterThanOrEqual(-1e-12);
        expect(chance).toBeLessThanOrEqual(1);
      }
      expect(bgNbdExpected(bgNbd, one, 10)).toBeGreaterThanOrEqual(0);
      expect(paretoNbdExpected(paretoNbd, one, 10)).toBeGreaterThanOrEqual(0);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("gamma-gamma: nearer to the own average the more purchases; customers without a repeat purchase do not teach", () => {
  const model = { p: 6.25, q: 3.74, gamma: 15.44 };
  expect(expectedValue(model, history(0, 0, 10))).toBeCloseTo(35.22, 2);
  expect(expectedValue(model, history(2, 5, 10, 22.35))).toBeCloseTo(24.66, 2);
  expect(expectedValue(model, history(200, 5, 10, 100))).toBeCloseTo(99.9, 1);
  expect(expectedValue({ ...model, q: 0.9 }, history(0, 0, 10))).toBeNaN();
  expect(fitGammaGamma([history(0, 0, 10), history(1, 2, 10, 5)])).toBeNull();
});

// 1,000 customers and seven renewals: Fader and Hardie (2007), table 1.
const regular = [1000, 631, 468, 382, 326, 289, 262, 241];
const highEnd = [1000, 869, 743, 653, 593, 551, 517, 491];

test("sBG: the published parameters of the two cohorts", () => {
  const fittedRegular = fitShiftedBetaGeometric({ customersLeft: regular });
  expect(fittedRegular.model.alpha).toBeCloseTo(0.704, 3);
  expect(fittedRegular.model.beta).toBeCloseTo(1.182, 3);
  expect(fittedRegular.logLikelihood).toBeCloseTo(-1680.3, 1);
  const fittedHighEnd = fitShiftedBetaGeometric({ customersLeft: highEnd });
  expect(fittedHighEnd.model.alpha).toBeCloseTo(0.668, 3);
  expect(fittedHighEnd.model.beta).toBeCloseTo(3.806, 3);
  expect(fittedHighEnd.logLikelihood).toBeCloseTo(-1611.2, 1);
  // Year 12 was held out: 39.4 % were left.
  expect(survival(fittedHighEnd.model, 12)).toBeCloseTo(0.394, 1);
});

test("sBG: survival is the product of renewals, and a residual life without spread is a geometric row", () => {
  const model = { alpha: 0.704, beta: 1.182 };
  expect(retentionRate(model, 1) * retentionRate(model, 2)).toBeCloseTo(survival(model, 2), 12);
  const allAlike = { alpha: 2e7, beta: 8e7 };
  expect(discountedResidualLifetime(allAlike, 0, 0.1)).toBeCloseTo(0.8 / (1 - 0.8 / 1.1), 4);
});

test("what cannot be learned from is said in a sentence", () => {
  expect(fittingFault([])).toMatch("no customer");
  expect(fittingFault([history(0, 0, 10)])).toMatch("No customer bought twice");
  expect(fittingFault([history(0, 0, 0)])).toMatch("any time");
  expect(fittingFault([history(0, 0, 10), history(1, 1, 10)])).toBeNull();
  expect(historyFault(history(2, 12, 10))).toMatch("outside");
  expect(historyFault(history(2, 0, 10))).toMatch("do not fit");
  expect(historyFault(history(1.5, 1, 10))).toMatch("no count");
  expect(historyFault(history(1, 1, Number.NaN))).toMatch("not a number");
  expect(cohortFault({ customersLeft: [100, 120, 90] })).toMatch("cannot grow");
  expect(cohortFault({ customersLeft: [100, 100, 100] })).toMatch("Nobody left");
  expect(cohortFault({ customersLeft: [100, 90] })).toMatch("two renewals");
});

test("customers who do not differ: a shape runs off, and the fit says so", () => {
  const alike = Array.from({ length: 60 }, (_, at) => history(4 + (at % 2), 30 + (at % 3), 40));
  expect(fitBgNbd(alike).isReached).toBe(false);
});

test("a fit of one lonely repeat customer ends and says numbers", () => {
  for (const learn of [fitBgNbd, fitParetoNbd]) {
    const { model, logLikelihood } = learn([history(1, 1, 10), history(0, 0, 10)]);
    expect(Number.isFinite(logLikelihood)).toBe(true);
    expect(model.r).toBeGreaterThan(0);
  }
});
