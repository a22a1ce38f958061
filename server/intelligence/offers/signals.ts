import type { Moved, OfferAction, Reason, Standing } from "./action.ts";
import { dayAfter, daysBetween, nextBirthday } from "./day.ts";

/** What calls for an action, and what is at stake. `until`: the day from which time alone changes the answer. */
export interface Called {
  readonly reason: Reason | null;
  /** Minor units of the reporting currency that the action's share of gain is taken of. */
  readonly stakeMinor: number;
  /** 0.5 to 2, with what moved it. */
  readonly context: number;
  readonly contextBy: readonly string[];
  readonly until: string | null;
}

export const MATURING_DAYS = 45;
export const MOVED_DAYS = 31;
export const BIRTHDAY_DAYS = 7;
const SOON_DAYS = 7;
const QUIET_DAYS = 120;
/** Less money than this, lying still, is no reason to call. */
const QUIET_STAKE_MINOR = 1_000_000;

const no = (until: string | null = null): Called => ({ reason: null, stakeMinor: 0, context: 1, contextBy: [], until });
const because = (code: Reason["code"], more: Partial<Omit<Reason, "code">> = {}): Reason => ({
  ...{ code, amountMinor: null, currency: null, share: null, on: null },
  ...more,
});
/** Told in the currency the customer has it in. */
const moneyReason = (code: Reason["code"], money: Moved | null): Reason =>
  money === null ? because(code) : because(code, { amountMinor: money.own.minor, currency: money.own.currency, on: money.on });
const yes = (reason: Reason, stakeMinor: number, more: Partial<Pick<Called, "context" | "contextBy" | "until">> = {}): Called => ({
  ...{ reason, stakeMinor, context: 1, contextBy: [], until: null },
  ...more,
});

/** Whether the customer's standing calls for the action on the day, and why. Pure. */
export function calledFor(action: OfferAction, of: Standing, today: string): Called {
  switch (action.signal) {
    case "fraud":
      return of.fraud.alerts === 0
        ? no()
        : yes(because("fraud", { amountMinor: of.fraud.amountMinor }), of.fraud.amountMinor, { context: 2, contextBy: ["urgent"] });
    case "arrears":
      return of.inArrears
        ? yes(because("arrears", { amountMinor: of.debtsMinor }), of.expectedLossMinor, { context: 1.5, contextBy: ["urgent"] })
        : no();
    case "watch":
      return of.isWatched ? yes(because("watch", { amountMinor: of.debtsMinor }), of.expectedLossMinor) : no();
    case "maturing":
      return maturing(of, today);
    case "churn":
      return leaving(of);
    case "inflow":
      return moved("inflow", of, today);
    case "outflow":
      return moved("outflow", of, today);
    case "salary_missed":
      return of.salaryMissed ? yes(because("salary_missed", { amountMinor: of.salaryMinor }), of.salaryMinor) : no();
    case "quiet":
      return quiet(of, today);
    case "birthday":
      return birthday(of, today);
    case "room":
      return room(action, of, today);
  }
}

function maturing({ maturing: money }: Standing, today: string): Called {
  if (money === null || money.on < today) return no();
  const days = daysBetween(today, money.on);
  const reason = moneyReason("maturing", money);
  if (days > SOON_DAYS) return yes(reason, money.amountMinor, { until: dayAfter(money.on, -SOON_DAYS) });
  return yes(reason, money.amountMinor, { context: 1.6, contextBy: ["soon"], until: dayAfter(money.on, 1) });
}

/** What the customer earns the bank in a year, and one percent of what lies here, times the chance to lose it. */
function leaving({ isLeaving, churn, profitMinor, assetsMinor }: Standing): Called {
  if (!isLeaving || churn === null) return no();
  const worth = Math.max(0, profitMinor ?? 0) + assetsMinor / 100;
  return yes(because("churn", { share: churn }), churn * worth, { context: 1.3, contextBy: ["leaving"] });
}

function moved(way: "inflow" | "outflow", of: Standing, today: string): Called {
  const money = of[way];
  if (money === null) return no();
  const since = daysBetween(money.on, today);
  if (since > MOVED_DAYS) return no();
  const fresh = since <= SOON_DAYS;
  return yes(moneyReason(way, money), money.amountMinor, {
    context: fresh ? 1.5 : 1,
    contextBy: fresh ? ["fresh"] : [],
    until: dayAfter(money.on, (fresh ? SOON_DAYS : MOVED_DAYS) + 1),
  });
}

function quiet({ lastInitiatedOn, assetsMinor }: Standing, today: string): Called {
  if (lastInitiatedOn === null || assetsMinor < QUIET_STAKE_MINOR) return no();
  if (daysBetween(lastInitiatedOn, today) < QUIET_DAYS) return no(dayAfter(lastInitiatedOn, QUIET_DAYS));
  return yes(because("quiet", { on: lastInitiatedOn }), assetsMinor);
}

function birthday({ kind, bornOn }: Standing, today: string): Called {
  if (kind !== "person" || bornOn === null) return no();
  const on = nextBirthday(bornOn, today);
  const days = daysBetween(today, on);
  if (days > BIRTHDAY_DAYS) return no(dayAfter(on, -BIRTHDAY_DAYS));
  return yes(because("birthday", { on }), 0, {
    context: days === 0 ? 2 : 1,
    contextBy: days === 0 ? ["today"] : [],
    until: dayAfter(today, 1),
  });
}

const forMoney = new Set(["savings_account", "term_deposit", "investment"]);

/** There is room for a product; what makes it timely moves the context, and the strongest of it is the reason told. */
function room(action: OfferAction, of: Standing, today: string): Called {
  const product = action.product ?? "";
  const chance = of.chances.get(product);
  const timely: { reason: Reason; by: string; factor: number; until: string | null }[] = [];
  if (forMoney.has(product)) {
    const [come, free] = [moved("inflow", of, today), maturing(of, today)];
    if (come.reason !== null) timely.push({ reason: come.reason, by: "money_came", factor: 1.5, until: come.until });
    if (free.reason !== null)
      timely.push({ reason: moneyReason("free_money", of.maturing), by: "money_free", factor: 1.3, until: free.until });
    const idle = of.liquidMinor - 6 * of.outMonthMinor;
    if (idle > QUIET_STAKE_MINOR)
      timely.push({ reason: because("idle_money", { amountMinor: Math.round(idle) }), by: "money_idle", factor: 1.2, until: null });
  }
  const factor = timely.reduce((product_, { factor: by }) => product_ * by, of.isLeaving ? 0.6 : 1);
  const reason = timely[0]?.reason ?? (chance === undefined ? because("room") : because("likely", { share: chance }));
  return yes(reason, 0, {
    context: Math.min(2, Math.max(0.5, factor)),
    contextBy: [...timely.map(({ by }) => by), ...(of.isLeaving ? ["leaving"] : [])],
    until: timely.reduce<string | null>((least, { until }) => (until !== null && (least === null || until < least) ? until : least), null),
  });
}
