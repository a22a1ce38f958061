import { type History, measureHistory } from "../features/measure-history.ts";
import type { Transaction } from "../transaction.ts";
import { evidenceOf, fires } from "./evaluate-rule.ts";
import type { Rule } from "./read-rule-set.ts";

const DAY = 86_400;

export interface BacktestOptions {
  /** Payments before it only fill the windows, seconds; when not given, 30 days after the first, or half of a shorter history. */
  readonly from?: number;
  /** A rule that fires on a larger share of payments is refused: nobody could look at its alerts. */
  readonly shareMax: number;
}

export const backtestOptions: BacktestOptions = { shareMax: 0.01 };

export interface BacktestExample {
  readonly transaction: Transaction;
  readonly isFraud: boolean;
  /** What the rule looked at. */
  readonly evidence: Readonly<Record<string, number | string | null>>;
}

/** What would have happened. Shares are 0 to 1, null where nothing is there to take a share of. */
export interface BacktestFigures {
  readonly alerts: number;
  readonly alertsPerDay: number;
  /** Of all payments. */
  readonly share: number;
  /** Of the alerts, those that were fraud. */
  readonly precision: number | null;
  /** Of the frauds, those caught. */
  readonly recall: number | null;
  readonly valueCaught: number;
  readonly valueShare: number | null;
}

export interface RuleBacktest extends BacktestFigures {
  readonly name: string;
  readonly isRefused: boolean;
  /** Frauds first, then false alarms, spread over the time; at most five. */
  readonly examples: readonly BacktestExample[];
}

export interface Backtest {
  readonly payments: number;
  readonly frauds: number;
  readonly fraudValue: number;
  readonly days: number;
  readonly rules: readonly RuleBacktest[];
  /** All rules that are not refused, a payment counted once. */
  readonly together: BacktestFigures;
}

class Tally {
  alerts = 0;
  frauds = 0;
  value = 0;

  add(amount: number, isFraud: boolean): void {
    this.alerts += 1;
    if (!isFraud) return;
    this.frauds += 1;
    this.value += amount;
  }

  figures(all: Tally, days: number): BacktestFigures {
    return {
      alerts: this.alerts,
      alertsPerDay: days === 0 ? 0 : this.alerts / days,
      share: all.alerts === 0 ? 0 : this.alerts / all.alerts,
      precision: this.alerts === 0 ? null : this.frauds / this.alerts,
      recall: all.frauds === 0 ? null : this.frauds / all.frauds,
      valueCaught: this.value,
      valueShare: all.value === 0 ? null : this.value / all.value,
    };
  }
}

const EXAMPLES = 5;

/** Up to five frauds and five others, at ever wider intervals: a few of the whole time in constant memory. */
class Examples {
  private readonly frauds: BacktestExample[] = [];
  private readonly others: BacktestExample[] = [];
  private seen = { frauds: 0, others: 0 };

  add(transaction: Transaction, isFraud: boolean, evidence: () => BacktestExample["evidence"]): void {
    const [kept, kind] = isFraud ? [this.frauds, "frauds" as const] : [this.others, "others" as const];
    const seen = this.seen[kind];
    this.seen[kind] = seen + 1;
    if (seen !== 0 && (seen & (seen + 1)) !== 0) return;
    kept.push({ transaction: { ...transaction }, isFraud, evidence: evidence() });
    if (kept.length > EXAMPLES) kept.splice(1, 1);
  }

  list(): BacktestExample[] {
    const others = this.others.slice(0, Math.max(2, EXAMPLES - this.frauds.length));
    return [...this.frauds.slice(0, EXAMPLES - others.length), ...others];
  }
}

/**
 * What rules would have done on a history, features as they were known at each payment. One walk over the history for all rules, and the memory of the
 * feature stream; masks of which rule fired are kept to tell how the rules that are not refused do together.
 */
export function backtest(history: History, rules: readonly Rule[], options: BacktestOptions = backtestOptions): Backtest {
  const [first, last] = history.count === 0 ? [0, 0] : [history.transaction(0).at, history.transaction(history.count - 1).at];
  const from = options.from ?? Math.min(first + 30 * DAY, (first + last) / 2);
  const all = new Tally();
  const ruleTallies = rules.map((rule) => ({ rule, tally: new Tally(), examples: new Examples() }));
  const hits: { readonly amount: number; readonly isFraud: boolean; readonly by: readonly number[] }[] = [];
  measureHistory(history, {
    each: (place, features) => {
      const transaction = history.transaction(place);
      if (transaction.at < from) return;
      const isFraud = history.isFraud(place);
      all.add(transaction.amount, isFraud);
      const by: number[] = [];
      for (const [at, { rule, tally, examples }] of ruleTallies.entries()) {
        const measured = { transaction, features };
        if (!fires(rule.expression, measured)) continue;
        by.push(at);
        tally.add(transaction.amount, isFraud);
        examples.add(transaction, isFraud, () => evidenceOf(rule.expression, measured));
      }
      if (by.length > 0) hits.push({ amount: transaction.amount, isFraud, by });
    },
  });
  const days = all.alerts === 0 ? 0 : Math.max(1, (last - Math.max(from, first)) / DAY);
  const isRefused = ruleTallies.map(({ tally }) => all.alerts > 0 && tally.alerts / all.alerts > options.shareMax);
  const together = new Tally();
  for (const { amount, isFraud, by } of hits) if (by.some((at) => isRefused[at] === false)) together.add(amount, isFraud);
  return {
    payments: all.alerts,
    frauds: all.frauds,
    fraudValue: all.value,
    days,
    rules: ruleTallies.map(({ rule, tally, examples }, at) => ({
      name: rule.name,
      isRefused: isRefused[at] === true,
      ...tally.figures(all, days),
      examples: examples.list(),
    })),
    together: together.figures(all, days),
  };
}
