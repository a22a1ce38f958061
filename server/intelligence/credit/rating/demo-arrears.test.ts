import { expect, test, vi } from "vitest";
import { planBank } from "../../../../db/demo/bank.ts";
import { type Bundle, makeBundles } from "../../../../db/demo/sources/bundle.ts";
import { fitByTime } from "../../scores/index.ts";
import { type CreditHistory, type MoneyMonth, monthOfDay } from "../behaviour.ts";
import type { CreditPolicy } from "../policy/contract.ts";
import { creditPlan, creditSet } from "./credit-plan.ts";
import { snapshotsOf } from "./snapshots.ts";

vi.setConfig({ testTimeout: 60_000 });

const CUSTOMERS = 2_000;
const learning = { eventDays: 60, horizonMonths: 6, eventsMin: 30 };
const arrears = [
  { days: 0, probability: 0.012 },
  { days: 30, probability: 0.08 },
  { days: 90, probability: 0.5 },
];
const notIncoming = new Set(["loan_payout", "deposit", "savings", "interest", "card_payment"]);
const income = new Set(["salary", "pension", "allowance", "invoice"]);

/** The life of a generated customer as the bank's books would tell it: what the import lands, without the way through files. */
function historyOf({ customer, life }: Bundle): CreditHistory {
  const accounts = life.accounts.filter(({ holding }) => holding.kind === "current_account" || holding.kind === "savings_account");
  const months = new Map<number, { -readonly [Key in keyof MoneyMonth]: MoneyMonth[Key] }>();
  for (const { holding, movements } of accounts) {
    for (const { day, amountMinor, balanceMinor, category } of movements) {
      const month = monthOfDay(day);
      const sums = months.get(month) ?? {
        month,
        inMinor: 0,
        incomeMinor: 0,
        outMinor: 0,
        cashMinor: 0,
        lowestMinor: balanceMinor,
        meanMinor: 0,
      };
      months.set(month, sums);
      if (holding.kind !== "current_account") continue;
      if (amountMinor > 0 && !notIncoming.has(category)) sums.inMinor += amountMinor;
      if (amountMinor > 0 && income.has(category)) sums.incomeMinor += amountMinor;
      if (amountMinor < 0) sums.outMinor -= amountMinor;
      if (category === "cash") sums.cashMinor -= Math.min(0, amountMinor);
      sums.lowestMinor = Math.min(sums.lowestMinor, balanceMinor);
      sums.meanMinor = balanceMinor;
    }
  }
  const plans = life.accounts
    .filter(({ holding }) => holding.kind === "loan" || holding.kind === "mortgage")
    .map(({ holding, movements }) => ({
      openedDay: holding.openedDay,
      repaidDay: null,
      principalMinor: holding.amountMinor ?? 0,
      instalmentMinor: 0,
      payments: movements.flatMap(({ day, amountMinor, balanceMinor }) =>
        amountMinor > 0 ? [{ day, owedAfterMinor: -balanceMinor }] : [],
      ),
    }));
  return { sinceDay: customer.sinceDay, months: [...months.values()].sort((a, b) => a.month - b.month), plans, lines: [] };
}

test("who will be in arrears in the demo bank is foreseen better than by days past due, on months later than those learned from", () => {
  const bank = planBank({ customers: CUSTOMERS, seed: 1, until: "2026-10-31" });
  const policy = { learning, arrears } as unknown as CreditPolicy;
  const snapshots = Array.from({ length: CUSTOMERS / 2 }, (_, pair) => makeBundles(bank, pair))
    .flat()
    .flatMap((bundle) => snapshotsOf(policy, String(bundle.customer.index), historyOf(bundle), bank.lastDay));
  const set = creditSet(snapshots, learning.horizonMonths);
  const { report } = fitByTime(set, creditPlan.learnerOf("scorecard"));
  expect(report.split.judge.events).toBeGreaterThan(25);
  expect(report.measures.auc).toBeGreaterThan(report.baseline.auc + 0.02);
  const challenger = fitByTime(set, creditPlan.learnerOf("trees")).report;
  expect(challenger.measures.auc).toBeGreaterThan(report.baseline.auc);
});
