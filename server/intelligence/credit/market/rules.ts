import type { CreditPolicy } from "../policy/contract.ts";

/** What market risk needs to know of a holding; amounts in minor units of the reporting currency, debts negative. */
export interface Holding {
  readonly kind: string;
  readonly currency: string;
  readonly valueMinor: number;
  readonly yearlyRate: number | null;
  /** Until it is repaid or paid out; null: no day was agreed. */
  readonly monthsLeft: number | null;
}

export interface Position {
  readonly currency: string;
  readonly isIncome: boolean;
  readonly assetsMinor: number;
  readonly debtsMinor: number;
  /** Sum of value x modified duration, in minor units x years. */
  readonly durationMinor: number;
  readonly convexityMinor: number;
  /** Assets less debts whose rate follows the market within a year. */
  readonly floatingMinor: number;
}

interface Sensitivity {
  readonly duration: number;
  readonly convexity: number;
  readonly floats: boolean;
}

/** A single payment after so many years: T/(1+y) and T(T+1)/(1+y)^2 (Hull 2018, 4.10). */
function bullet(years: number, rate: number): Sensitivity {
  return { duration: years / (1 + rate), convexity: (years * (years + 1)) / (1 + rate) ** 2, floats: years <= 1 };
}

/** Level monthly payments over so many months, weighted by their present values. */
function annuity(months: number, rate: number): Sensitivity {
  const discount = (1 + rate) ** (-1 / 12);
  let [worth, first, second] = [0, 0, 0];
  for (let month = 1; month <= Math.min(600, Math.max(1, Math.round(months))); month += 1) {
    const value = discount ** month;
    const years = month / 12;
    worth += value;
    first += years * value;
    second += years * (years + 1) * value;
  }
  return { duration: first / worth / (1 + rate), convexity: second / worth / (1 + rate) ** 2, floats: months <= 12 };
}

/** null: nothing is known of how its worth follows rates (a fund without terms). Rates are taken as fixed until the agreed day. */
function sensitivityOf(policy: CreditPolicy, { kind, yearlyRate, monthsLeft }: Holding): Sensitivity | null {
  const { depositMonths, revolvingMonths } = policy.market;
  const rate = Math.max(0, yearlyRate ?? 0);
  switch (kind) {
    case "current_account":
    case "savings_account":
      return bullet(depositMonths[kind] / 12, rate);
    case "credit_line":
    case "card":
      return bullet(revolvingMonths / 12, rate);
    case "loan":
    case "mortgage":
      return monthsLeft === null ? null : annuity(monthsLeft, rate);
    default:
      return monthsLeft === null || yearlyRate === null ? null : bullet(Math.max(0, monthsLeft) / 12, rate);
  }
}

/** What a customer has and owes, by currency; `incomeCurrency` is the money they earn. */
export function positionsOf(policy: CreditPolicy, holdings: readonly Holding[], incomeCurrency: string): Position[] {
  return [...Map.groupBy(holdings, ({ currency }) => currency)]
    .map(([currency, own]) => {
      const sum = (of: (holding: Holding) => number) => own.reduce((all, holding) => all + of(holding), 0);
      const weighed = (of: (sensitivity: Sensitivity) => number) =>
        sum((holding) => {
          const sensitivity = sensitivityOf(policy, holding);
          return sensitivity === null ? 0 : holding.valueMinor * of(sensitivity);
        });
      return {
        currency,
        isIncome: currency === incomeCurrency,
        assetsMinor: sum(({ valueMinor }) => Math.max(0, valueMinor)),
        debtsMinor: sum(({ valueMinor }) => Math.max(0, -valueMinor)),
        durationMinor: weighed(({ duration }) => duration),
        convexityMinor: weighed(({ convexity }) => convexity),
        floatingMinor: weighed(({ floats }) => (floats ? 1 : 0)),
      };
    })
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

export interface Shock {
  readonly code: string;
  readonly kind: "rate" | "currency" | "scenario";
  readonly name: string | null;
  /** All rates, as a fraction. */
  readonly rate: number;
  /** Worth of a currency against the customer's own, as a fraction; `*` is every foreign one. */
  readonly currencies: Readonly<Record<string, number>>;
}

/** The shocks of a policy, each with a code of its own. */
export function shocksOf({ market }: CreditPolicy): Shock[] {
  return [
    ...market.rateShocks.map((bp) => ({ code: `rate${bp}`, kind: "rate" as const, name: null, rate: bp / 10_000, currencies: {} })),
    ...market.currencyShocks.map((share) => ({
      code: `currency${Math.round(share * 100)}`,
      kind: "currency" as const,
      name: null,
      rate: 0,
      currencies: { "*": share },
    })),
    ...market.scenarios.map(({ code, name, rateBp, currencies }) => ({
      ...{ code, kind: "scenario" as const, name },
      ...{ rate: rateBp / 10_000, currencies },
    })),
  ];
}

/**
 * What a shock does to the worth of a position: -duration x dy + convexity x dy^2 / 2, and of money the customer does not earn net position x
 * change of its price. Gain positive, in minor units of the reporting currency.
 */
export function gainOf(position: Position, { rate, currencies }: Shock): number {
  const price = -position.durationMinor * rate + (position.convexityMinor * rate ** 2) / 2;
  const change = position.isIncome ? 0 : (currencies[position.currency] ?? currencies["*"] ?? 0);
  return price + (position.assetsMinor - position.debtsMinor) * change;
}

/** What a year's interest changes by: what follows the market earns or costs so much more. */
export function yearlyInterestOf({ floatingMinor }: Position, { rate }: Shock): number {
  return floatingMinor * rate;
}
