import { expect, test, vi } from "vitest";
import { planBank } from "../../db/demo/bank.ts";
import { makeBundles } from "../../db/demo/sources/bundle.ts";
import { fraudPlan, type History, measurePast, type Transaction } from "../intelligence/fraud/index.ts";
import { fitByTime } from "../intelligence/scores/index.ts";

vi.setConfig({ testTimeout: 300_000 });

const CUSTOMERS = 1_600;
const NOON = 43_200;
const rates: Readonly<Record<string, number>> = { AED: 0.25, SAR: 0.245, IRR: 0.0000012, CNY: 0.128, GBP: 1.17 };

/** What moved out to somebody, in the order of its day, with the truth: as the files of the demo bank bring it. */
function demoHistory(): History {
  const bank = planBank({ customers: CUSTOMERS, seed: 1, until: "2026-10-31" });
  const payments: { transaction: Transaction; isFraud: boolean }[] = [];
  for (let pair = 0; pair < CUSTOMERS / 2; pair += 1) {
    for (const { life } of makeBundles(bank, pair)) {
      for (const { holding, movements } of life.accounts) {
        for (const [place, { day, amountMinor, counterparty, account, channel, category, fraud }] of movements.entries()) {
          const payee = (account || counterparty).toUpperCase();
          if (amountMinor >= 0 || payee === "") continue;
          const amount = (-amountMinor / 100) * (rates[holding.currency] ?? 1);
          const id = `${holding.key}-${place}`;
          payments.push({
            transaction: { id, at: day * 86_400 + NOON, account: holding.key, payee, amount, channel, category },
            isFraud: fraud,
          });
        }
      }
    }
  }
  payments.sort((a, b) => a.transaction.at - b.transaction.at);
  return {
    count: payments.length,
    transaction: (place) => payments[place]?.transaction as Transaction,
    isFraud: (place) => payments[place]?.isFraud === true,
  };
}

test("the demo bank's frauds are found by a score that learned from earlier ones, far better than by amounts", () => {
  const past = measurePast(demoHistory(), Number.POSITIVE_INFINITY);
  if ("tooFew" in past) throw new Error(`only ${past.tooFew} frauds`);
  const { measures, baseline, split } = fitByTime(past.set, fraudPlan.learnerOf("trees")).report;
  const { averagePrecision, auc } = measures;
  process.stdout.write(
    `demo fraud: AP ${averagePrecision.toFixed(3)}, AUC ${auc.toFixed(3)}, ${split.judge.events} of ${split.judge.rows}; baseline AP ${baseline.averagePrecision.toFixed(4)}\n`,
  );
  expect(averagePrecision).toBeGreaterThan(0.2);
  expect(averagePrecision).toBeGreaterThan(10 * baseline.averagePrecision);
  expect(auc).toBeGreaterThan(0.9);
});

test("with a handful of cases nothing is learned", () => {
  const none: History = { count: 0, transaction: () => ({}) as Transaction, isFraud: () => false };
  expect(measurePast(none, Number.POSITIVE_INFINITY)).toEqual({ tooFew: 0, payments: 0 });
});
