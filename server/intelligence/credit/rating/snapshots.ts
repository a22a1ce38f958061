import {
  type Characteristic,
  type CreditHistory,
  characteristicsOf,
  daysPastDueOn,
  endOfMonth,
  firstArrears,
  type Plan,
} from "../behaviour.ts";
import type { CreditPolicy } from "../policy/contract.ts";
import { arrearsProbability } from "../rules.ts";

/** A customer as of a month's end, and whether trouble came within the horizon. */
export interface Snapshot {
  readonly customerId: string;
  readonly month: number;
  readonly values: Record<Characteristic, number>;
  readonly event: boolean;
  /** By what the rules say from days past due alone: what a model has to beat. */
  readonly baseline: number;
}

/** Months that must lie before the first one learned from. */
const WARM_MONTHS = 5;

/** A customer at the end of each month whose outcome is known by `lastDay`. */
export function snapshotsOf(policy: CreditPolicy, customerId: string, history: CreditHistory, lastDay: number): Snapshot[] {
  const first = Math.min(...history.months.map(({ month }) => month));
  const result: Snapshot[] = [];
  for (let month = first + WARM_MONTHS; endOfMonth(month + policy.learning.horizonMonths) <= lastDay; month += 1) {
    const snapshot = snapshotAt(policy, customerId, history, month);
    if (snapshot !== null) result.push(snapshot);
  }
  return result;
}

/** Null where nothing was known of the months before, or nothing can be foreseen. The outcome must be known. */
export function snapshotAt(policy: CreditPolicy, customerId: string, history: CreditHistory, month: number): Snapshot | null {
  const { eventDays, horizonMonths } = policy.learning;
  if (month < Math.min(...history.months.map((one) => one.month)) + WARM_MONTHS) return null;
  const day = endOfMonth(month);
  const open = plansToKeep(policy, history, day);
  if (open === null) return null;
  const values = characteristicsOf(history, day);
  const event = firstArrears(open, eventDays, day, endOfMonth(month + horizonMonths)) !== null;
  return { customerId, month, values, event, baseline: arrearsProbability(policy, values.daysPastDue) };
}

/** The plans whose keeping can be foreseen on a day; null: none, or the customer is already in the trouble to be foreseen. */
export function plansToKeep(policy: CreditPolicy, history: CreditHistory, day: number): readonly Plan[] | null {
  const open = history.plans.filter(({ openedDay, repaidDay }) => openedDay <= day && (repaidDay === null || repaidDay > day));
  const isTold = open.some(({ payments }) => payments !== null);
  return isTold && daysPastDueOn(open, day) < policy.learning.eventDays ? open : null;
}
