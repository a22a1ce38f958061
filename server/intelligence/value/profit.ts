import type { ProfitParameters } from "./contract.ts";
import { transferRate } from "./transfer-rate.ts";

/** A balance over one month: positive amounts of minor units on either side of the bank's books. */
export interface MonthBalance {
  readonly holding: string;
  readonly side: "asset" | "deposit";
  readonly averageMinor: bigint;
  /** What the customer pays or gets, per year. */
  readonly customerRate: number;
  /** Matched term; the transfer price is taken from it. */
  readonly termMonths: number;
}

export interface MonthExposure {
  readonly holding: string;
  readonly exposureMinor: bigint;
  /** Within twelve months, 0 to 1. */
  readonly defaultProbability: number;
  /** Share of the exposure lost in a default, 0 to 1. */
  readonly lossGivenDefault: number;
  readonly riskWeight: number;
}

/** What a customer did in one month. */
export interface MonthFacts {
  readonly balances: readonly MonthBalance[];
  readonly feesMinor: bigint;
  readonly interchangeMinor: bigint;
  readonly exchangeMarginMinor: bigint;
  /** How often each activity happened. */
  readonly activities: Readonly<Record<string, number>>;
  readonly exposures: readonly MonthExposure[];
  readonly acquisition: { readonly costMinor: bigint; readonly monthsAgo: number } | null;
}

export type ProfitKind =
  | "asset_margin"
  | "deposit_margin"
  | "fees"
  | "interchange"
  | "exchange_margin"
  | "activity_cost"
  | "expected_loss"
  | "capital_charge"
  | "acquisition_cost";

/** One part of a profit: costs are negative. `subject` is the holding or the activity. */
export interface ProfitPart {
  readonly kind: ProfitKind;
  readonly subject: string | null;
  readonly amountMinor: bigint;
}

export interface MonthProfit {
  readonly parametersVersion: number;
  readonly parts: readonly ProfitPart[];
  /** Before the charge for capital. */
  readonly profitMinor: bigint;
  /** After it: what is left above the return that capital has to earn. The parts add up to it, to the minor unit. */
  readonly economicProfitMinor: bigint;
  /** Profit of a year at this month's pace over the capital bound; null without exposure. */
  readonly returnOnCapital: number | null;
}

/**
 * Profit of one customer in one month:
 * Σ assets · (customer rate − transfer price)/12 + Σ deposits · (transfer price − customer rate)/12 + fees + interchange + exchange margin
 * − Σ activities · unit cost − PD·LGD·EAD/12 − hurdle · RW·EAD·capital ratio/12 − acquisition cost spread over its months.
 * Each part is rounded to the minor unit by itself, half to even, so that parts always add up. Throws RangeError for an activity without a unit cost.
 */
export function monthProfit(facts: MonthFacts, parameters: ProfitParameters): MonthProfit {
  const parts = [
    ...facts.balances.map((balance) => margin(balance, parameters)),
    part("fees", null, facts.feesMinor),
    part("interchange", null, facts.interchangeMinor),
    part("exchange_margin", null, facts.exchangeMarginMinor),
    ...Object.entries(facts.activities).map(([activity, count]) => activityCost(activity, count, parameters)),
    ...facts.exposures.flatMap((exposure) => riskCosts(exposure, parameters)),
    ...acquisitionCost(facts.acquisition, parameters),
  ].filter(({ amountMinor }) => amountMinor !== 0n);
  const economicProfitMinor = parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const charge = parts.reduce((sum, { kind, amountMinor }) => (kind === "capital_charge" ? sum + amountMinor : sum), 0n);
  const profitMinor = economicProfitMinor - charge;
  const capital = facts.exposures.reduce((sum, one) => sum + Number(one.exposureMinor) * one.riskWeight * parameters.capitalRatio, 0);
  return {
    parametersVersion: parameters.version,
    parts,
    profitMinor,
    economicProfitMinor,
    returnOnCapital: capital > 0 ? (Number(profitMinor) * 12) / capital : null,
  };
}

const part = (kind: ProfitKind, subject: string | null, amountMinor: bigint): ProfitPart => ({ kind, subject, amountMinor });

function margin({ holding, side, averageMinor, customerRate, termMonths }: MonthBalance, parameters: ProfitParameters): ProfitPart {
  const price = transferRate(parameters, termMonths);
  const rate = side === "asset" ? customerRate - price : price - customerRate;
  return part(`${side}_margin`, holding, roundMinor((Number(averageMinor) * rate) / 12));
}

function activityCost(activity: string, count: number, { unitCostsMinor, version }: ProfitParameters): ProfitPart {
  const unit = unitCostsMinor[activity];
  if (unit === undefined) throw new RangeError(`version ${version} of the parameters has no unit cost of "${activity}"`);
  return part("activity_cost", activity, roundMinor(-unit * count));
}

function riskCosts(exposure: MonthExposure, { hurdleRate, capitalRatio }: ProfitParameters): ProfitPart[] {
  const amount = Number(exposure.exposureMinor);
  return [
    part("expected_loss", exposure.holding, roundMinor((-amount * exposure.defaultProbability * exposure.lossGivenDefault) / 12)),
    part("capital_charge", exposure.holding, roundMinor((-amount * exposure.riskWeight * capitalRatio * hurdleRate) / 12)),
  ];
}

function acquisitionCost(acquisition: MonthFacts["acquisition"], { acquisitionMonths }: ProfitParameters): ProfitPart[] {
  if (acquisition === null || acquisition.monthsAgo >= acquisitionMonths) return [];
  return [part("acquisition_cost", null, roundMinor(-Number(acquisition.costMinor) / acquisitionMonths))];
}

/** Half to even, as in accounts: rounding does not drift over many customers. */
export function roundMinor(value: number): bigint {
  const floor = Math.floor(value);
  const rest = value - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  return BigInt(up ? floor + 1 : floor);
}
