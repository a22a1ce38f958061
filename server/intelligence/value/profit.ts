import { minorDigits } from "../../platform/money/index.ts";
import type { ProfitParameters, ProfitProduct } from "./contract.ts";
import { transferRate } from "./transfer-rate.ts";

/** What one holding did in one month, in minor units of its own currency. */
export interface HoldingMonth {
  readonly product: ProfitProduct;
  readonly currency: string;
  /** What the customer owed, on average of the days of the month. */
  readonly assetMinor: bigint;
  /** What the bank owed the customer, or kept for them (investments), on average of the days of the month. */
  readonly depositMinor: bigint;
  /** What the customer pays or gets, per year; null where the holding names none. */
  readonly customerRate: number | null;
  /** Contractual term in months; null where there is none. */
  readonly termMonths: number | null;
  /** Of a limit, what was not drawn, on average. */
  readonly undrawnMinor: bigint;
  readonly inArrears: boolean;
  readonly feesMinor: bigint;
  readonly cardSpendMinor: bigint;
  /** Payments that changed currency. */
  readonly exchangeMinor: bigint;
  /** How many transactions came through each channel. */
  readonly activities: Readonly<Record<string, number>>;
  /** Months since it was opened; null where that is not known. */
  readonly monthsOpen: number | null;
}

/** In the order of a waterfall, from income to economic profit. Costs are negative. */
export const profitParts = [
  "asset_margin",
  "deposit_margin",
  "fees",
  "interchange",
  "exchange_margin",
  "activity_cost",
  "expected_loss",
  "acquisition_cost",
  "capital_charge",
] as const;
export type ProfitPart = (typeof profitParts)[number];
export type ProfitParts = Readonly<Record<ProfitPart, bigint>>;

/**
 * Profit of one holding in one month, in minor units of the parameters' currency:
 * assets · (customer rate − transfer price)/12 + deposits · (transfer price − customer rate)/12 + fees + interchange + exchange margin
 * − Σ transactions · unit cost − keeping it − PD·LGD·EAD/12 − hurdle · RW·EAD·capital ratio/12 − what winning it cost, spread over its months.
 * Each part is rounded to the minor unit by itself, half to even, so that parts always add up. The statement that prices months in the database
 * (profit/price-store.ts) computes the same, operation by operation. Throws RangeError for a currency without a rate.
 */
export function holdingMonthProfit(month: HoldingMonth, parameters: ProfitParameters): ProfitParts {
  const { product } = month;
  const worth = minorWorth(month.currency, parameters);
  const assets = Number(month.assetMinor);
  const deposits = Number(month.depositMinor);
  const price = transferRate(parameters, month.currency, month.termMonths ?? parameters.terms[product] ?? 0);
  const isKept = product === "investment";
  const lending = month.customerRate === null ? (parameters.lendingMargins[product] ?? 0) : month.customerRate - price;
  const exposure = assets + Number(month.undrawnMinor) * parameters.undrawnShare;
  const loss = parameters.losses[product];
  const chance = month.inArrears ? parameters.arrearsProbability : (loss?.defaultProbability ?? 0);
  const isPaidOff = month.monthsOpen === null || month.monthsOpen >= parameters.acquisitionMonths;
  return {
    asset_margin: roundMinor(((assets * lending) / 12) * worth),
    deposit_margin: isKept ? 0n : roundMinor(((deposits * (price - (month.customerRate ?? 0))) / 12) * worth),
    fees:
      roundMinor(Number(month.feesMinor) * worth) +
      (isKept ? roundMinor(((deposits * parameters.custodyRate) / 12) * worth) : 0n) +
      BigInt(parameters.commissionsMinor[product] ?? 0),
    interchange: roundMinor(Number(month.cardSpendMinor) * parameters.interchangeRate * worth),
    exchange_margin: roundMinor(Number(month.exchangeMinor) * parameters.exchangeMarginRate * worth),
    activity_cost: -activityCost(month.activities, parameters) - BigInt(parameters.keepingCostsMinor[product] ?? 0),
    expected_loss: roundMinor(((-exposure * chance * (loss?.lossGivenDefault ?? 0)) / 12) * worth),
    acquisition_cost: isPaidOff ? 0n : roundMinor(-(parameters.acquisitionCostsMinor[product] ?? 0) / parameters.acquisitionMonths),
    capital_charge: roundMinor(
      ((-exposure * (parameters.riskWeights[product] ?? 0) * parameters.capitalRatio * parameters.hurdleRate) / 12) * worth,
    ),
  };
}

function activityCost(activities: HoldingMonth["activities"], { unitCostsMinor }: ProfitParameters): bigint {
  return Object.entries(activities).reduce(
    (sum, [channel, count]) => sum + BigInt(count) * BigInt(unitCostsMinor[channel] ?? unitCostsMinor["other"] ?? 0),
    0n,
  );
}

/** What one minor unit of a currency is worth in minor units of the parameters' currency. Throws RangeError where no rate is kept. */
export function minorWorth(currency: string, parameters: ProfitParameters): number {
  const rate = parameters.exchangeRates[currency];
  if (rate === undefined) throw new RangeError(`no exchange rate of ${currency}`);
  return rate * 10 ** (minorDigits(parameters.currency) - minorDigits(currency));
}

/** Before the charge for capital: the parts but that one. */
export const profitOf = (parts: ProfitParts): bigint => economicProfitOf(parts) - parts.capital_charge;

/** What is left above the return that capital has to earn: all parts. */
export const economicProfitOf = (parts: ProfitParts): bigint => profitParts.reduce((sum, part) => sum + parts[part], 0n);

/** Half to even, as in accounts: rounding does not drift over many customers. */
export function roundMinor(value: number): bigint {
  const floor = Math.floor(value);
  const rest = value - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  return BigInt(up ? floor + 1 : floor);
}
