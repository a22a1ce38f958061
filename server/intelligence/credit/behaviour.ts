import { daysPastDue } from "./rules.ts";

/** What moved on a customer's accounts in one month, in minor units of one currency. Months count from year 0. */
export interface MoneyMonth {
  readonly month: number;
  /** Came in from outside: no loan paid out, nothing moved between own accounts. */
  readonly inMinor: number;
  /** Of that: pay, pension, invoices paid. */
  readonly incomeMinor: number;
  readonly outMinor: number;
  readonly cashMinor: number;
  readonly lowestMinor: number;
  readonly meanMinor: number;
}

/** A debt with a plan of instalments. Days since 1970-01-01. */
export interface Plan {
  readonly openedDay: number;
  /** The first day on which nothing is owed any more; null while something is. */
  readonly repaidDay: number | null;
  readonly principalMinor: number;
  readonly instalmentMinor: number;
  /** Rising by day; null where the bank's files tell nothing of payments: then only its own word on arrears counts. */
  readonly payments: readonly { readonly day: number; readonly owedAfterMinor: number }[] | null;
}

/** A line one draws on: what was drawn at the end of months, rising. */
export interface Line {
  readonly openedDay: number;
  readonly limitMinor: number;
  readonly drawn: readonly { readonly month: number; readonly drawnMinor: number }[];
}

export interface CreditHistory {
  readonly sinceDay: number | null;
  readonly months: readonly MoneyMonth[];
  readonly plans: readonly Plan[];
  readonly lines: readonly Line[];
}

/** In the order of the columns; +1: riskier as it rises, -1: safer. Nothing here tells who somebody is: no age, sex, origin or place. */
export const characteristics = {
  daysPastDue: 1,
  missedPayments: 1,
  debtService: 1,
  cushion: -1,
  liquidity: -1,
  lowestBalance: -1,
  incomeShare: -1,
  incomeTrend: -1,
  cashShare: 1,
  utilisation: 1,
  repaidShare: -1,
  tenureYears: -1,
} as const satisfies Record<string, 1 | -1>;
export type Characteristic = keyof typeof characteristics;
export const characteristicNames = Object.keys(characteristics) as Characteristic[];

const WINDOW_MONTHS = 6;
const DAY_MS = 86_400_000;

export function monthOfDay(day: number): number {
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Last day of a month. */
export function endOfMonth(month: number): number {
  return Math.round(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0) / DAY_MS);
}

const isOpenOn = (plan: Plan, day: number): boolean => plan.openedDay <= day && (plan.repaidDay === null || plan.repaidDay > day);

function lastPaid({ openedDay, payments }: Plan, day: number): number {
  return payments === null ? day : (payments.findLast((payment) => payment.day <= day)?.day ?? openedDay);
}

/** The worst of the plans on a day. */
export function daysPastDueOn(plans: readonly Plan[], day: number): number {
  return Math.max(0, ...plans.filter((plan) => isOpenOn(plan, day)).map((plan) => daysPastDue(lastPaid(plan, day), day)));
}

/** The first day after `from` and up to `to` on which some plan is so many days past due; null: none. */
export function firstArrears(plans: readonly Plan[], eventDays: number, from: number, to: number): number | null {
  const found = plans.flatMap(({ openedDay, repaidDay, payments }) => {
    if (payments === null) return [];
    const ends = repaidDay ?? Infinity;
    const paid = [openedDay, ...payments.map(({ day }) => day)];
    return paid.flatMap((day, place) => {
      const at = day + eventDays + 31;
      const next = paid[place + 1] ?? Infinity;
      return at < next && at < ends && at > from && at <= to ? [at] : [];
    });
  });
  return found.length === 0 ? null : Math.min(...found);
}

/** Did income come each month and then stop? Two months without, after four of six with. */
export function salaryStopped(months: readonly MoneyMonth[], asOfDay: number): boolean {
  const now = monthOfDay(asOfDay);
  const paid = (from: number, to: number) =>
    months.filter(({ month, incomeMinor }) => month >= from && month <= to && incomeMinor > 0).length;
  return paid(now - 1, now) === 0 && paid(now - 7, now - 2) >= 5;
}

/**
 * What is known of a customer at the end of a day, from that day and the six months before it and nothing after. NaN where nothing can be
 * said. `extraInstalmentMinor` is that of a loan asked for.
 */
export function characteristicsOf(history: CreditHistory, asOfDay: number, extraInstalmentMinor = 0): Record<Characteristic, number> {
  const now = monthOfDay(asOfDay);
  const window = history.months.filter(({ month }) => month > now - WINDOW_MONTHS && month <= now);
  const known = history.months.filter(({ month }) => month <= now);
  // Who came lately is judged by the months there are.
  const span = known.length === 0 ? 0 : Math.min(WINDOW_MONTHS, now - Math.min(...known.map(({ month }) => month)) + 1);
  const sum = (of: (month: MoneyMonth) => number, from = 0) =>
    window.reduce((all, one) => all + (now - one.month >= from ? of(one) : 0), 0);
  const monthlyIn = span === 0 ? 0 : sum(({ inMinor }) => inMinor) / span;
  const monthlyOut = span === 0 ? 0 : sum(({ outMinor }) => outMinor) / span;
  const scale = Math.max(monthlyIn, monthlyOut);
  const open = history.plans.filter((plan) => isOpenOn(plan, asOfDay));
  const instalments = open.reduce((all, { instalmentMinor }) => all + instalmentMinor, extraInstalmentMinor);
  const late = span > 3 ? sum(({ inMinor }) => inMinor, 3) / (span - 3) : 0;
  const soon = (sum(({ inMinor }) => inMinor) - sum(({ inMinor }) => inMinor, 3)) / Math.min(3, Math.max(span, 1));
  const limits = history.lines.filter(({ openedDay }) => openedDay <= asOfDay).reduce((all, { limitMinor }) => all + limitMinor, 0);
  const drawn = history.lines.reduce((all, line) => all + (line.drawn.findLast(({ month }) => month <= now)?.drawnMinor ?? 0), 0);
  const principal = open.reduce((all, { principalMinor }) => all + principalMinor, 0);
  const owed = open.reduce((all, plan) => all + owedOn(plan, asOfDay), 0);
  const over = (value: number, by: number) => (by > 0 ? value / by : Number.NaN);
  const capped = (value: number, most: number) => Math.max(-most, Math.min(most, value));
  return {
    daysPastDue: daysPastDueOn(history.plans, asOfDay),
    missedPayments: open.reduce((all, plan) => all + missedIn(plan, asOfDay), 0),
    debtService: capped(over(instalments, monthlyIn), 5),
    cushion: window.length === 0 ? Number.NaN : capped(over(sum(({ meanMinor }) => meanMinor) / window.length, instalments), 24),
    liquidity: window.length === 0 ? Number.NaN : capped(over(sum(({ meanMinor }) => meanMinor) / window.length, scale), 24),
    lowestBalance: window.length === 0 ? Number.NaN : capped(over(Math.min(...window.map(({ lowestMinor }) => lowestMinor)), scale), 24),
    incomeShare: span === 0 ? Number.NaN : window.filter(({ incomeMinor }) => incomeMinor > 0).length / span,
    incomeTrend: capped(over(soon, late), 5),
    cashShare: over(
      sum(({ cashMinor }) => cashMinor),
      monthlyOut * span,
    ),
    utilisation: capped(over(drawn, limits), 2),
    repaidShare: over(principal - owed, principal),
    tenureYears: history.sinceDay === null ? Number.NaN : Math.max(0, (asOfDay - history.sinceDay) / 365.25),
  };
}

function owedOn(plan: Plan, day: number): number {
  return plan.payments?.findLast((payment) => payment.day <= day)?.owedAfterMinor ?? plan.principalMinor;
}

/** Months of the last six in which an instalment was due and none was paid. */
function missedIn(plan: Plan, asOfDay: number): number {
  if (plan.payments === null) return 0;
  // The instalment of a month that is not over may still come.
  const now = asOfDay === endOfMonth(monthOfDay(asOfDay)) ? monthOfDay(asOfDay) : monthOfDay(asOfDay) - 1;
  const first = Math.max(now - WINDOW_MONTHS + 1, monthOfDay(plan.openedDay) + 1);
  const paid = new Set(plan.payments.filter(({ day }) => day <= asOfDay).map(({ day }) => monthOfDay(day)));
  let missed = 0;
  for (let month = first; month <= now; month += 1) if (!paid.has(month)) missed += 1;
  return missed;
}
